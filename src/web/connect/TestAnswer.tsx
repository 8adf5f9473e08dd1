import IconAlertTriangle from '@tabler/icons-react/dist/esm/icons/IconAlertTriangle.mjs'
import IconCircleCheck from '@tabler/icons-react/dist/esm/icons/IconCircleCheck.mjs'
import IconCircleX from '@tabler/icons-react/dist/esm/icons/IconCircleX.mjs'
import type { GitTest } from '../../core/wire/git.ts'
import { toneStyle } from '../components/tone.ts'
import c from './connect.module.css'

export function TestAnswer({ answer }: { readonly answer: GitTest }) {
  const isShort = answer.state === 'ok' && answer.host?.rights.some(({ granted }) => granted === false)
  const Icon = answer.state === 'failed' ? IconCircleX : isShort ? IconAlertTriangle : IconCircleCheck
  return (
    <div
      className={c.answer}
      style={toneStyle(answer.state === 'failed' ? 'red' : isShort ? 'amber' : 'green')}
      role="status"
    >
      <Icon size={16} aria-hidden />
      <p>
        {answer.message}
        {answer.state === 'ok' &&
          answer.canWrite === false &&
          ' These credentials may read and not write: saves here could not reach it.'}
        {answer.state === 'failed' && (
          <>
            {' '}
            <code>({answer.code})</code>
          </>
        )}
      </p>
    </div>
  )
}
