import { Popover } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import IconKey from '@tabler/icons-react/dist/esm/icons/IconKey.mjs'
import type { Kind } from '../../core/model/kind.ts'
import p from '../components/Pill.module.css'
import { Pill } from '../components/Pill.tsx'
import { AllowButton, AllowDialog } from './AllowSecret.tsx'

type Props = {
  readonly secret: { readonly path: string; readonly what: string }
  /** Whose it is, where the place can be allowed. */
  readonly of: { readonly kind: Kind; readonly slug: string } | null
}

/** Beside a saved thing whose commit is kept back because of a possible secret (Z12). */
export function SecretPill({ secret: { path, what }, of }: Props) {
  const [shown, popover] = useDisclosure(false)
  const [asking, dialog] = useDisclosure(false)
  const place = of === null ? null : { kind: of.kind, slug: of.slug, path, what }
  const ask = () => {
    popover.close()
    dialog.open()
  }
  return (
    // Clicks in the popover and the dialog are none on the row of a table that the pill stands in.
    // biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: it only stops the click from reaching the row
    <span onClick={(event) => event.stopPropagation()}>
      <Popover
        position="bottom-end"
        withinPortal
        opened={shown}
        onChange={(open) => !open && popover.close()}
      >
        <Popover.Target>
          <button
            type="button"
            className={p.button}
            aria-label="Git state: kept back, it may hold a secret"
            onClick={popover.toggle}
          >
            <Pill tone="orange" icon={<IconKey size={13} stroke={2} aria-hidden />}>
              kept back
            </Pill>
          </button>
        </Popover.Target>
        <Popover.Dropdown>
          <div className={p.details}>
            <p>
              <strong>
                Kept out of Git: what stands at <code>{path}</code> looks like {what}.
              </strong>
            </p>
            <p>Take it out and save, and the commit goes. If it is no secret, an admin may allow it there.</p>
            {place !== null && (
              <div>
                <AllowButton place={place} onClick={ask} />
              </div>
            )}
          </div>
        </Popover.Dropdown>
      </Popover>
      {place !== null && <AllowDialog place={place} opened={asking} onClose={dialog.close} />}
    </span>
  )
}
