import { Button, CopyButton } from '@mantine/core'
import IconCopy from '@tabler/icons-react/dist/esm/icons/IconCopy.mjs'
import c from './Secret.module.css'

type Props = {
  readonly label: string
  readonly value: string
  /** The same as what a shell is told, for those who go on there. */
  readonly shell?: string
}

/** A secret that is shown this once, with the way to take it along. */
export function Secret({ label, value, shell }: Props) {
  return (
    <div className={c.secret}>
      <p>
        <strong>{label}</strong> It is shown this once.
      </p>
      <div className={c.line}>
        <code>{value}</code>
        <Copy value={value} what="Copy" />
      </div>
      {shell !== undefined && (
        <div className={c.line}>
          <pre>{shell}</pre>
          <Copy value={shell} what="Copy for a shell" />
        </div>
      )}
    </div>
  )
}

function Copy({ value, what }: { readonly value: string; readonly what: string }) {
  return (
    <CopyButton value={value}>
      {({ copied, copy }) => (
        <Button size="xs" leftSection={<IconCopy size={13} aria-hidden />} onClick={copy}>
          {copied ? 'Copied' : what}
        </Button>
      )}
    </CopyButton>
  )
}
