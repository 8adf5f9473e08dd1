import { Popover } from '@mantine/core'
import IconKey from '@tabler/icons-react/dist/esm/icons/IconKey.mjs'
import type { Kind } from '../../core/model/kind.ts'
import p from '../components/Pill.module.css'
import { Pill } from '../components/Pill.tsx'
import { AllowSecret } from './AllowSecret.tsx'

type Props = {
  readonly secret: { readonly path: string; readonly what: string }
  /** Whose it is, where the place can be allowed. */
  readonly of: { readonly kind: Kind; readonly slug: string } | null
}

/** Beside a saved thing whose commit is kept back because of a possible secret (Z12). */
export function SecretPill({ secret: { path, what }, of }: Props) {
  return (
    <Popover position="bottom-end" withinPortal>
      <Popover.Target>
        <button
          type="button"
          className={p.button}
          aria-label="Git state: kept back, it may hold a secret"
          onClick={(event) => event.stopPropagation()}
        >
          <Pill tone="orange" icon={<IconKey size={13} stroke={2} aria-hidden />}>
            kept back
          </Pill>
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        {/* A row of a table opens its page on a click; one in here is no such click. */}
        {/* biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: it only stops the click from reaching the row */}
        <div className={p.details} onClick={(event) => event.stopPropagation()}>
          <p>
            <strong>
              Kept out of Git: what stands at <code>{path}</code> looks like {what}.
            </strong>
          </p>
          <p>Take it out and save, and the commit goes. If it is no secret, an admin may allow it there.</p>
          {of !== null && (
            <div>
              <AllowSecret {...of} path={path} what={what} />
            </div>
          )}
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}
