import { Button, CopyButton } from '@mantine/core'
import IconCopy from '@tabler/icons-react/dist/esm/icons/IconCopy.mjs'
import c from './Secret.module.css'

/** A secret that is shown this once, with the way to take it along. */
export function Secret({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <div className={c.secret}>
      <p>
        <strong>{label}</strong> It is shown this once.
      </p>
      <div className={c.line}>
        <code>{value}</code>
        <CopyButton value={value}>
          {({ copied, copy }) => (
            <Button size="xs" leftSection={<IconCopy size={13} aria-hidden />} onClick={copy}>
              {copied ? 'Copied' : 'Copy'}
            </Button>
          )}
        </CopyButton>
      </div>
    </div>
  )
}
