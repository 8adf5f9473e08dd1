import IconKey from '@tabler/icons-react/dist/esm/icons/IconKey.mjs'
import { Link } from '@tanstack/react-router'
import { KIND_WORDS } from '../../core/model/kind.ts'
import type { PlanWire } from '../../core/wire/plan.ts'
import { paths } from '../paths.ts'
import { count } from '../words/count.ts'
import { AllowSecret } from './AllowSecret.tsx'
import c from './held.module.css'
import k from './KeptSecrets.module.css'

type Props = {
  readonly ws: string
  readonly plan: PlanWire
  /** Only the newest run knows what is kept back now. */
  readonly isNewest: boolean
}

/** What a run left out of Git because it looks like a secret, each with its place and the way to allow it (Z12). */
export function KeptSecrets({ ws, plan, isNewest }: Props) {
  const kept = plan.waiting.flatMap(({ kind, slug, secret }) => (secret ? [{ kind, slug, ...secret }] : []))
  if (kept.length === 0) return null
  return (
    <section className={c.held} aria-label="Possible secrets">
      <h2 className={c.title}>
        <IconKey size={18} stroke={2} aria-hidden /> {count(kept.length, 'resource')}{' '}
        {kept.length === 1 ? 'was' : 'were'} kept out of Git because of a possible secret.
      </h2>
      <p>
        {isNewest
          ? 'Everything else went. Take the text out and save, or let an admin allow it where it is no secret.'
          : 'Everything else went. This is an earlier run: what is kept back now stands beside the resource.'}
      </p>
      <ul className={k.list}>
        {kept.map(({ kind, slug, path, what }) => (
          <li key={`${kind}/${slug}`} className={k.row}>
            <span>
              <Link to={paths.resource(ws, kind, slug)} className="link">
                {KIND_WORDS[kind]} {slug}
              </Link>
              : looks like {what}, at <code>{path}</code>
            </span>
            {isNewest && <AllowSecret place={{ kind, slug, path, what }} />}
          </li>
        ))}
      </ul>
    </section>
  )
}
