import { useId } from 'react'
import { diffValues } from '../../core/format/field-diff.ts'
import type { Choice } from '../../core/merge/apply-choices.ts'
import { KIND_WORDS } from '../../core/model/kind.ts'
import type { Value } from '../../core/model/resource.ts'
import { type FileConflict, sidesOf } from '../../core/wire/conflict-sides.ts'
import { FieldChanges } from '../components/FieldChanges.tsx'
import { Card } from './Choices.tsx'
import c from './conflicts.module.css'

type Props = {
  readonly conflict: FileConflict
  readonly choice: Choice | undefined
  readonly disabled: boolean
  readonly onChoose: (choice: 'ours' | 'theirs') => void
}

/** A conflict that no field decides: each side as what it did, one of them is taken whole. */
export function WholeSides({ conflict, choice, disabled, onChoose }: Props) {
  const id = useId()
  const { base, ours, theirs } = sidesOf(conflict)
  const radio = { id, disabled }
  return (
    <div className={c.whole} role="radiogroup" aria-label="The side to keep">
      <Card {...radio} label="Workspace" chosen={choice === 'ours'} onChoose={() => onChoose('ours')}>
        <Side conflict={conflict} base={base} value={ours} />
      </Card>
      <Card {...radio} label="Git" chosen={choice === 'theirs'} onChoose={() => onChoose('theirs')}>
        <Side conflict={conflict} base={base} value={theirs} />
      </Card>
    </div>
  )
}

type SideProps = {
  readonly conflict: FileConflict
  readonly base: Value | null
  readonly value: Value | null
}

function Side({ conflict: { kind }, base, value }: SideProps) {
  const word = KIND_WORDS[kind]
  if (value === null)
    return <p className={c.gone}>{base === null ? `No ${word} here` : `Deleted the ${word}`}</p>
  const fields = diffValues(kind, base, value)
  if (fields.length === 0) return <p className={c.nothing}>As both agreed last</p>
  return (
    <>
      <p className={c.nothing}>{base === null ? `Added the ${word}` : `Changed the ${word}`}</p>
      <FieldChanges fields={fields} />
    </>
  )
}
