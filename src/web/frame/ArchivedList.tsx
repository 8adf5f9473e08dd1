import type { Session } from '../../core/wire/person.ts'
import t from '../components/ResourceTable.module.css'
import { Time } from '../components/Time.tsx'
import { RestoreWorkspace } from './RestoreWorkspace.tsx'

type Props = { readonly archived: Session['archived']; readonly onDone?: () => void }

/** The workspaces that are archived, each with the way back. */
export function ArchivedList({ archived, onDone }: Props) {
  return (
    <table className={t.table} aria-label="Archived workspaces">
      <thead>
        <tr>
          <th scope="col">Workspace</th>
          <th scope="col" className={t.end}>
            <span className="visually-hidden">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {archived.map((one) => (
          <tr key={one.slug}>
            <td>
              <span className={t.strong}>{one.name}</span>
              <p>
                archived <Time at={one.archivedAt} />
              </p>
            </td>
            <td className={t.end}>
              <RestoreWorkspace
                workspace={one}
                button={{ size: 'xs', variant: 'default' }}
                {...(onDone ? { onDone } : {})}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
