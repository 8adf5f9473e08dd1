import { useId } from 'react'
import type { Choice } from '../../core/merge/apply-choices.ts'
import { parsePointer } from '../../core/model/json-pointer.ts'
import type { MergeFieldWire } from '../../core/wire/plan.ts'
import { Pill } from '../components/Pill.tsx'
import { sentence } from '../words/count.ts'
import { ByHand } from './ByHand.tsx'
import { sqlSides, startOf } from './by-hand.ts'
import { Card, HandChoice } from './Choices.tsx'
import { differingKeys, mergeFieldWords } from './conflict-words.ts'
import c from './conflicts.module.css'
import { MergeCode } from './MergeCode.tsx'
import { SideValue } from './SideValue.tsx'

type Props = {
  readonly field: MergeFieldWire
  readonly choice: Choice | undefined
  readonly movedOn: boolean
  readonly fault: string | undefined
  readonly disabled: boolean
  readonly onChoose: (choice: Choice) => void
}

/** One field in conflict: what was agreed, what each side has, and the choice between them. */
export function FieldRow({ field, choice, movedOn, fault, disabled, onChoose }: Props) {
  const id = useId()
  const title = sentence(mergeFieldWords(field))
  const [name = ''] = parsePointer(field.path)
  const sql = sqlSides(field)
  const isGroup = field.paths.length > 1
  const keys = isGroup ? differingKeys(field).filter((key) => sql === null || key !== 'rawSql') : null
  const isByHand = typeof choice === 'object'
  const isBare = keys !== null && keys.length === 0
  const side = (value: unknown) => (isBare ? null : <SideValue value={value} keys={keys} name={name} />)
  const radio = { id, disabled }
  return (
    <div className={c.row} role="radiogroup" aria-labelledby={id}>
      <h3 id={id} className={c.field}>
        {title} {movedOn && <Pill tone="amber">moved on, choose again</Pill>}
      </h3>
      <div className={c.sides} {...(sql === null ? {} : { 'data-sql': true })}>
        <div className={c.base}>
          <span className={c.side}>Agreed last</span>
          <SideValue value={field.base} keys={isGroup ? differingKeys(field) : null} name={name} />
        </div>
        <Card {...radio} label="Workspace" chosen={choice === 'ours'} onChoose={() => onChoose('ours')}>
          {side(field.ours)}
        </Card>
        <Card {...radio} label="Git" chosen={choice === 'theirs'} onChoose={() => onChoose('theirs')}>
          {side(field.theirs)}
        </Card>
        {sql !== null && (
          <div className={c.wide}>
            <MergeCode
              language="sql"
              before={{ label: 'SQL of the workspace', text: sql.ours }}
              after={{ label: 'SQL in Git', text: sql.theirs }}
            />
          </div>
        )}
        <div className={c.wide}>
          <HandChoice {...radio} chosen={isByHand} onChoose={() => onChoose({ value: startOf(field) })} />
          {isByHand && (
            <ByHand
              field={field}
              label={title}
              value={choice.value ?? ''}
              fault={fault}
              onWrite={(value) => onChoose({ value })}
            />
          )}
        </div>
      </div>
    </div>
  )
}
