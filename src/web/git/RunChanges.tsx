import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import type { Run } from '../../core/wire/run.ts'
import { Group } from './PlanPicture.tsx'
import { changeGroups } from './plan-groups.ts'
import c from './run.module.css'
import { textDiff } from './text-diff.ts'

/** What a run changed, by field or as text. */
export function RunChanges({ changes }: { readonly changes: Run['changes'] }) {
  const [view, setView] = useState<string>('fields')
  const { inbound, outbound } = changes
  return (
    <section className={c.block} aria-label="Differences">
      <div className={c['block-head']}>
        <h2>Differences</h2>
        <SegmentedControl
          aria-label="Show differences"
          data={[
            { value: 'fields', label: 'By field' },
            { value: 'text', label: 'As text' },
          ]}
          value={view}
          onChange={setView}
        />
      </div>
      {view === 'fields' ? (
        changeGroups(inbound, outbound).map((group) => <Group key={group.id} group={group} />)
      ) : (
        <pre className={c.text}>
          {textDiff([...inbound, ...outbound]).map((line, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines of a text are their places
            <span key={i} data-sign={line.sign}>
              {line.sign === '=' ? line.text : `${line.sign} ${line.text}`}
            </span>
          ))}
        </pre>
      )}
    </section>
  )
}
