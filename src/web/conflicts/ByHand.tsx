import { Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Json } from '../../core/model/json.ts'
import { sameJson } from '../../core/model/json.ts'
import type { MergeFieldWire } from '../../core/wire/plan.ts'
import { CodeEditor } from '../editor/CodeEditor.tsx'
import { handOf, printHand, readHand } from './by-hand.ts'

type Props = {
  readonly field: MergeFieldWire
  readonly label: string
  readonly value: Json
  /** Why what is written cannot stand there. */
  readonly fault: string | undefined
  readonly onWrite: (value: Json) => void
}

/** The third way beside the two sides: a value that is written here. */
export function ByHand({ field, label, value, fault, onWrite }: Props) {
  const hand = handOf(field)
  const [typed, setTyped] = useState<string | null>(null)
  const read = typed === null ? null : readHand(hand, field, typed)
  const isMine = read?.kind === 'broken' || (read?.kind === 'value' && sameJson(read.value, value))
  const text = typed !== null && isMine ? typed : printHand(hand, value)
  const error = read?.kind === 'broken' && isMine ? read.message : fault
  const write = (next: string) => {
    setTyped(next)
    const result = readHand(hand, field, next)
    if (result.kind === 'value') onWrite(result.value)
  }
  const input = { 'aria-label': `${label}, by hand`, value: text, error, autoFocus: true }
  if (hand === 'line') return <TextInput {...input} onChange={(event) => write(event.currentTarget.value)} />
  if (hand === 'text')
    return <Textarea {...input} autosize minRows={2} onChange={(event) => write(event.currentTarget.value)} />
  return (
    <CodeEditor
      label={`${label}, by hand`}
      hideLabel
      language={hand}
      value={text}
      onChange={write}
      minHeight={72}
      error={error}
    />
  )
}
