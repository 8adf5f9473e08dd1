import { Link } from '@tanstack/react-router'
import type { AuditEntry } from '../../core/wire/audit.ts'
import type { Fact } from '../components/Facts.tsx'
import { FieldChanges } from '../components/FieldChanges.tsx'
import { useWorkspace } from '../frame/use-workspace.ts'
import { CommitId } from '../git/CommitId.tsx'
import { paths } from '../paths.ts'
import { absoluteTime } from '../words/time.ts'
import c from './audit.module.css'
import { originWord } from './audit-words.ts'

/** When to the second, from where, by which run and commit, and before and after by field. */
export function AuditDetail({ entry }: { readonly entry: AuditEntry }) {
  const ws = useWorkspace()
  const { run, commit, origin, address, actor } = entry
  const facts: Fact[] = [
    { label: 'When', value: absoluteTime(entry.at) },
    { label: 'Who', value: actor.id === null ? actor.name : `${actor.name} (${actor.id})` },
    ...(origin === null ? [] : [{ label: 'By', value: originWord(origin) }]),
    ...(address === null ? [] : [{ label: 'Address', value: <code>{address}</code> }]),
    { label: 'Action', value: <code>{entry.action}</code> },
    ...(run === null
      ? []
      : [
          {
            label: 'Run',
            value: (
              <Link to={paths.run(ws, run)} className="link mono">
                {run.slice(0, 8)}
              </Link>
            ),
          },
        ]),
    ...(commit === null ? [] : [{ label: 'Commit', value: <CommitId oid={commit} /> }]),
  ]
  return (
    <div className={c.more}>
      {entry.changes.map(({ resource, fields }) => (
        <section key={resource ?? ''} aria-label={resource ?? 'What changed'}>
          {resource !== null && entry.changes.length > 1 && <code className={c.resource}>{resource}</code>}
          {fields.length > 0 && <FieldChanges fields={fields} />}
        </section>
      ))}
      <dl className={c.facts}>
        {facts.map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
