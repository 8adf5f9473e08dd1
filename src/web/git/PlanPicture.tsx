import { KIND_WORDS } from '../../core/model/kind.ts'
import type { PlanWire } from '../../core/wire/plan.ts'
import { FieldChanges } from '../components/FieldChanges.tsx'
import { KindIcon } from '../components/KindIcon.tsx'
import { Pill } from '../components/Pill.tsx'
import { Diagnostics } from './Diagnostics.tsx'
import { ImpactNote } from './ImpactNote.tsx'
import c from './PlanPicture.module.css'
import { type PlanGroup, type PlanLine, planCounts, planGroups } from './plan-groups.ts'

/** The one picture of a plan (S1): counts, then resources by what happens to them, unfolding to fields. */
export function PlanPicture({ plan }: { readonly plan: PlanWire }) {
  const groups = planGroups(plan)
  return (
    <section className={c.plan} aria-label="Plan">
      <h2 className={c.counts}>{planCounts(plan)}</h2>
      {groups.length === 0 && <p>Both sides are equal: nothing will be written.</p>}
      {groups.map((group) => (
        <Group key={group.id} group={group} />
      ))}
      {plan.diagnostics.length > 0 && <Diagnostics diagnostics={plan.diagnostics} />}
    </section>
  )
}

export function Group({ group }: { readonly group: PlanGroup }) {
  return (
    <section className={c.group} aria-label={group.title}>
      <h3 className={c.title} style={{ color: `var(--${group.tone})` }}>
        {group.title} <span>{group.lines.length}</span>
      </h3>
      <ul>
        {group.lines.map((line) => (
          <li key={`${line.kind} ${line.slug}`} className={c.line}>
            <Line line={line} open={group.lines.length === 1} />
          </li>
        ))}
      </ul>
    </section>
  )
}

const IMPACT_TONES = { risky: 'amber', breaking: 'red' } as const

const SIGNS = { added: '+', changed: '~', removed: '−', renamed: '→' } as const

/** `open`: a change that stands alone shows its fields at once. */
function Line({ line, open }: { readonly line: PlanLine; readonly open: boolean }) {
  const head = (
    <>
      <span className={c.sign} data-change={line.change ?? 'none'} aria-hidden>
        {line.change === null ? '·' : SIGNS[line.change]}
      </span>
      <KindIcon kind={line.kind} />
      <span className={c.words}>
        <code className={c.slug}>{line.slug}</code>
        <span className={c.kind}>
          {KIND_WORDS[line.kind]}
          {line.change !== null && `, ${line.change}`}
        </span>
        {line.impact && line.impact.word !== 'safe' && (
          <Pill tone={IMPACT_TONES[line.impact.word]}>{line.impact.word}</Pill>
        )}
      </span>
    </>
  )
  const impact = line.impact && <ImpactNote impact={line.impact} dependents={line.dependents} />
  return (
    <>
      {line.fields.length === 0 ? (
        <>
          <div className={c.head}>{head}</div>
          {impact}
        </>
      ) : (
        <details open={open}>
          <summary className={c.head}>{head}</summary>
          <div className={c.fields}>
            <FieldChanges fields={line.fields} />
            {impact}
          </div>
        </details>
      )}
      {line.note !== null && <p className={c.note}>{line.note}</p>}
    </>
  )
}
