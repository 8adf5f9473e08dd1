import IconChevronRight from '@tabler/icons-react/dist/esm/icons/IconChevronRight.mjs'
import { Link } from '@tanstack/react-router'
import { useId, useState } from 'react'
import type { AuditEntry } from '../../core/wire/audit.ts'
import t from '../components/ResourceTable.module.css'
import { Time } from '../components/Time.tsx'
import { count, sentence } from '../words/count.ts'
import { AuditDetail } from './AuditDetail.tsx'
import c from './audit.module.css'
import { type AuditLine, auditLine, changedWords, originWord } from './audit-words.ts'

/** One line that says what was done; opened, everything that is known of it. */
export function AuditRow({ ws, entry }: { readonly ws: string; readonly entry: AuditEntry }) {
  const [open, setOpen] = useState(false)
  const id = useId()
  const { did, what, facts } = auditLine(ws, entry)
  const detail = sentence([...facts, ...changedWords(entry)].join(', '))
  const from = entry.origin === null ? '' : originWord(entry.origin)
  return (
    <>
      <tr className={t.row} data-open={open || undefined} onClick={() => setOpen(!open)}>
        <td className={c.fold}>
          <button
            type="button"
            className={c.chevron}
            aria-expanded={open}
            aria-controls={id}
            aria-label={`Details: ${entry.actor.name}, ${did} ${what?.text ?? ''}`}
            onClick={(event) => {
              event.stopPropagation()
              setOpen(!open)
            }}
          >
            <IconChevronRight size={14} stroke={2} aria-hidden />
          </button>
        </td>
        <td className={t.strong}>{entry.actor.name}</td>
        <td className={t.wraps}>
          {did} {what && <What what={what} />}
          {detail !== '' && <p className={t.names}>{detail}</p>}
          <p className={t.beneath}>
            {from === '' ? '' : `${from}, `}
            <Time at={entry.at} />
          </p>
        </td>
        <td data-wide className={t.tight}>
          {from}
        </td>
        <td data-wide className={t.end}>
          <Time at={entry.at} />
        </td>
      </tr>
      {open && (
        <tr id={id}>
          <td colSpan={5} className={c.detail}>
            <AuditDetail entry={entry} />
            {entry.omitted > 0 && (
              <p className={t.names}>
                And {count(entry.omitted, 'more resource')} of the same change set. The run and the commit
                name them all.
              </p>
            )}
          </td>
        </tr>
      )}
    </>
  )
}

function What({ what: { text, to } }: { readonly what: NonNullable<AuditLine['what']> }) {
  return to === null ? (
    <strong className={t.strong}>{text}</strong>
  ) : (
    <Link to={to} className={t.link} onClick={(event) => event.stopPropagation()}>
      {text}
    </Link>
  )
}
