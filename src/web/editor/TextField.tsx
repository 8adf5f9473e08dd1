import { Autocomplete, Textarea, TextInput } from '@mantine/core'
import { textOf } from '../words/resource-name.ts'
import { useFieldError } from './field-errors.ts'
import type { Draft } from './use-draft.ts'

type Props = {
  readonly draft: Draft
  readonly name: string
  readonly label: string
  readonly description?: string
  /** An optional field that is emptied is left out of the file. */
  readonly optional?: boolean
  readonly placeholder?: string
  readonly lines?: number
  readonly mono?: boolean
  /** Names to choose from; any other text is as good. */
  readonly choices?: readonly string[] | undefined
  readonly autoFocus?: boolean
}

/** One text of the file. */
export function TextField({
  draft,
  name,
  label,
  description,
  optional = false,
  placeholder,
  lines,
  mono,
  choices,
  autoFocus,
}: Props) {
  const error = useFieldError(name)
  const write = (text: string) => draft.set(name, optional && text === '' ? undefined : text)
  const common = {
    label,
    value: textOf(draft.value, name),
    error: error ?? null,
    ...(description === undefined ? {} : { description }),
    ...(placeholder === undefined ? {} : { placeholder }),
    ...(mono ? { styles: { input: { fontFamily: 'var(--font-mono)', fontSize: 13 } } } : {}),
    ...(autoFocus ? { autoFocus: true } : {}),
  }
  if (choices !== undefined) {
    return (
      <Autocomplete
        {...common}
        data={[...new Set(choices)]}
        limit={200}
        maxDropdownHeight={300}
        onChange={write}
      />
    )
  }
  if (lines !== undefined) {
    return (
      <Textarea
        {...common}
        autosize
        minRows={lines}
        maxRows={12}
        onChange={(event) => write(event.currentTarget.value)}
      />
    )
  }
  return <TextInput {...common} onChange={(event) => write(event.currentTarget.value)} />
}
