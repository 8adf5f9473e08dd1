import { Link } from '@tanstack/react-router'
import type { GitStatus } from '../../core/wire/git.ts'
import { toneStyle } from '../components/tone.ts'
import { count } from '../words/count.ts'
import { STATUS_NEXT } from './next-steps.ts'
import c from './overview.module.css'
import { StatusIcon } from './StatusIcon.tsx'
import { STATUS_WORDS } from './status-words.ts'

/** The state at a glance, as a sentence with the next step, and what waits. */
export function StateLine({ ws, status }: { readonly ws: string; readonly status: GitStatus }) {
  const { tone, sentence } = STATUS_WORDS[status.state]
  const next = STATUS_NEXT[status.state](ws, status)
  const waits = [
    status.waiting > 0 && status.state !== 'ahead' ? `${count(status.waiting, 'save')} on the way` : '',
    status.conflicts > 0 && status.state !== 'conflicts'
      ? `${count(status.conflicts, 'conflict')} to settle`
      : '',
    status.pending > 0 ? `${count(status.pending, 'file')} pending for a missing name` : '',
    status.aside > 0 ? `${count(status.aside, 'file')} set aside` : '',
  ].filter((part) => part !== '')
  return (
    <>
      <div className={c.state} style={toneStyle(tone)} role="status">
        <StatusIcon state={status.state} size={20} />
        <p>
          {sentence(status)} <span className={c.next}>{next.words}</span>
        </p>
        {next.link !== null && (
          <Link to={next.link.to} className="link">
            {next.link.label}
          </Link>
        )}
      </div>
      {waits.length > 0 && (
        <p className={c.waits}>
          {waits.map((wait) => (
            <span key={wait}>{wait}</span>
          ))}
        </p>
      )}
    </>
  )
}
