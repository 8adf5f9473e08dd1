import { Button, SegmentedControl } from '@mantine/core'
import type { ReactNode } from 'react'
import { KIND_WORDS } from '../../core/model/kind.ts'
import type { ComparedEntry, Comparison } from '../../core/wire/history.ts'
import { FieldChanges } from '../components/FieldChanges.tsx'
import { KindIcon } from '../components/KindIcon.tsx'
import t from '../components/ResourceTable.module.css'
import { Diagnostics } from '../git/Diagnostics.tsx'
import p from '../git/PlanPicture.module.css'
import r from '../git/run.module.css'
import { fileDiff } from './file-diff.ts'
import c from './history.module.css'
import { changeGroups } from './version-words.ts'

type Props = {
  readonly comparison: Comparison
  readonly view: 'fields' | 'text'
  readonly onView: (view: 'fields' | 'text') => void
  readonly onPrevious: (() => void) | null
  readonly onNext: ((cursor: string) => void) | null
  /** What can be done with a single resource. */
  readonly action?: (entry: ComparedEntry) => ReactNode
}

const ACTION_NONE = () => null

/** What differs between two states: by field, or the files' text line by line. */
export function Differences({ comparison, view, onView, onPrevious, onNext, action = ACTION_NONE }: Props) {
  const { changes, diagnostics, nextCursor } = comparison
  return (
    <section className={r.block} aria-label="Differences">
      <div className={r['block-head']}>
        <h2>Differences</h2>
        <SegmentedControl
          aria-label="Show differences"
          data={[
            { value: 'fields', label: 'By field' },
            { value: 'text', label: 'As text' },
          ]}
          value={view}
          onChange={(next) => onView(next === 'text' ? 'text' : 'fields')}
        />
      </div>
      {diagnostics.length > 0 && (
        <>
          <p>These files cannot be read, so they are compared as text alone.</p>
          <Diagnostics diagnostics={diagnostics} />
        </>
      )}
      {changes.length === 0 && <p>Nothing differs.</p>}
      {view === 'fields' ? (
        <ByField entries={changes} action={action} />
      ) : (
        <AsText entries={changes} action={action} />
      )}
      {(onPrevious !== null || nextCursor !== null) && (
        <div className={t.more}>
          {onPrevious !== null && (
            <Button size="xs" onClick={onPrevious}>
              Previous
            </Button>
          )}
          {nextCursor !== null && onNext !== null && (
            <Button size="xs" onClick={() => onNext(nextCursor)}>
              Next
            </Button>
          )}
        </div>
      )}
    </section>
  )
}

type EntriesProps = {
  readonly entries: readonly ComparedEntry[]
  readonly action: (entry: ComparedEntry) => ReactNode
}

const SIGNS = { added: '+', changed: '~', removed: '−', renamed: '→' } as const

export function ByField({ entries, action }: EntriesProps) {
  return (
    <div className={c.list}>
      {changeGroups(entries).map((group) => (
        <section key={group.change} className={p.group} aria-label={group.title}>
          <h3 className={p.title} style={{ color: `var(--${group.tone})` }}>
            {group.title} <span>{group.entries.length}</span>
          </h3>
          <ul>
            {group.entries.map((entry) => (
              <li key={`${entry.kind} ${entry.slug}`} className={`${p.line} ${c.entry}`}>
                <Entry entry={entry} open={entries.length === 1} />
                <div className={c.action}>{action(entry)}</div>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

/** `open`: what stands alone shows its fields at once. */
function Entry({ entry, open }: { readonly entry: ComparedEntry; readonly open: boolean }) {
  const head = (
    <>
      <span className={p.sign} data-change={entry.change} aria-hidden>
        {SIGNS[entry.change]}
      </span>
      <KindIcon kind={entry.kind} />
      <span className={p.words}>
        <code className={p.slug}>{entry.slug}</code>
        <span className={p.kind}>
          {KIND_WORDS[entry.kind]}
          {entry.from !== undefined && `, was ${entry.from}`}
          {entry.fields.length === 0 && entry.change === 'changed' && ', place or style of the file alone'}
        </span>
      </span>
    </>
  )
  if (entry.fields.length === 0) return <div className={p.head}>{head}</div>
  return (
    <details open={open}>
      <summary className={p.head}>{head}</summary>
      <div className={p.fields}>
        <FieldChanges fields={entry.fields} />
      </div>
    </details>
  )
}

function AsText({ entries, action }: EntriesProps) {
  return (
    <div className={c.list}>
      {entries.map((entry) => (
        <section key={`${entry.kind} ${entry.slug}`} className={c.file} aria-label={entry.slug}>
          <h3>
            <code>{entry.path ?? `${entry.kind}/${entry.slug}`}</code>
            {action(entry)}
          </h3>
          <pre className={r.text}>
            {fileDiff(entry.text?.before ?? null, entry.text?.after ?? null).map((line, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines of a text are their places
              <span key={i} data-sign={line.sign}>
                {line.sign === '=' ? line.text : `${line.sign} ${line.text}`}
              </span>
            ))}
          </pre>
        </section>
      ))}
    </div>
  )
}
