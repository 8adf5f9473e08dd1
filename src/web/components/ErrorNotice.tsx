import { Button } from '@mantine/core'
import IconAlertCircle from '@tabler/icons-react/dist/esm/icons/IconAlertCircle.mjs'
import { ApiError } from '../api/client.ts'
import { errorWords } from '../words/error-words.ts'
import { findingWords } from '../words/finding-words.ts'
import { Coded } from './Coded.tsx'
import c from './ErrorNotice.module.css'

type Props = { readonly error: unknown; readonly onRetry?: () => void }

/** One failure, in the one place where it belongs: what happened, what to do, the code small at the end. */
export function ErrorNotice({ error, onRetry }: Props) {
  const { what, fix, code } = errorWords(error)
  const diagnostics = error instanceof ApiError ? (error.problem.diagnostics ?? []) : []
  return (
    <div role="alert" className={c.notice}>
      <IconAlertCircle size={16} stroke={2} aria-hidden />
      <div className={c.words}>
        <p className={c.what}>
          <Coded text={what} />
        </p>
        {diagnostics.map((one) => (
          <p key={`${one.code} ${one.message}`}>
            <Coded text={findingWords(one)} /> <code className={c.code}>({one.code})</code>
          </p>
        ))}
        {fix !== null && <p>{fix}</p>}
        {code !== null && <code className={c.code}>{code}</code>}
      </div>
      {onRetry && (
        <Button size="xs" onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  )
}
