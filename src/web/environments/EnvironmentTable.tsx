import { Link } from '@tanstack/react-router'
import type { EnvironmentWire } from '../../core/wire/environments.ts'
import { Pill } from '../components/Pill.tsx'
import t from '../components/ResourceTable.module.css'
import { StatusIcon } from '../git/StatusIcon.tsx'
import { STATUS_WORDS } from '../git/status-words.ts'
import { paths } from '../paths.ts'
import { formatNumber } from '../words/count.ts'
import c from './environments.module.css'
import { placeWords } from './place-words.ts'

type Props = { readonly ws: string; readonly environments: readonly EnvironmentWire[] }

/** One row a workspace: where it lies in Git, and how it stands. */
export function EnvironmentTable({ ws, environments }: Props) {
  return (
    <table className={t.table} aria-label="Workspaces">
      <thead>
        <tr>
          <th scope="col">Workspace</th>
          <th scope="col">Branch and path</th>
          <th scope="col" data-wide>
            Alias file
          </th>
          <th scope="col" data-wide>
            Resources
          </th>
          <th scope="col" className={t.end}>
            State
          </th>
        </tr>
      </thead>
      <tbody>
        {environments.map(({ slug, name, git, resources }) => (
          <tr key={slug}>
            <td className={c.named}>
              <div className={t['name-words']}>
                <Link
                  to={paths.git(slug)}
                  className={t.link}
                  {...(slug === ws ? { 'aria-current': 'true' } : {})}
                >
                  {name}
                </Link>
                {name !== slug && <code className={t.slug}>{slug}</code>}
              </div>
            </td>
            <td className={t.wraps}>{git === null ? 'No repository' : <code>{placeWords(git)}</code>}</td>
            <td data-wide>{git && <code>{git.aliasFile}</code>}</td>
            <td data-wide>{formatNumber(resources)}</td>
            <td className={t.end}>
              {git === null ? (
                <Link to={paths.connect(slug)} className="link">
                  Connect
                </Link>
              ) : (
                <Pill tone={STATUS_WORDS[git.state].tone} icon={<StatusIcon state={git.state} />}>
                  {STATUS_WORDS[git.state].word}
                </Pill>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
