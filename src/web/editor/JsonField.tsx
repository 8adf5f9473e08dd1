import { useState } from 'react'
import { isObject, type Json, own, sameJson } from '../../core/model/json.ts'
import { CodeEditor } from './CodeEditor.tsx'
import { useFieldError } from './field-errors.ts'
import type { Draft } from './use-draft.ts'

type Props = {
  readonly draft: Draft
  readonly name: string
  readonly label: string
  readonly hideLabel?: boolean
}

/** A free-form object as checked JSON: text that does not parse is told here and changes nothing. */
export function JsonField({ draft, name, label, hideLabel = false }: Props) {
  const value: Json = own(draft.value, name) ?? {}
  const serverError = useFieldError(name)
  const [text, setText] = useState<string | null>(null)
  const parsed = text === null ? null : parse(text)
  // The typed text stands as long as it means the value; a value from elsewhere is printed anew.
  const shown =
    text !== null &&
    (parsed?.kind === 'broken' || (parsed?.kind === 'object' && sameJson(parsed.value, value)))
      ? text
      : print(value)
  return (
    <CodeEditor
      label={label}
      hideLabel={hideLabel}
      language="json"
      value={shown}
      minHeight={160}
      onChange={(next) => {
        setText(next)
        const result = parse(next)
        if (result.kind === 'object') draft.set(name, result.value)
      }}
      error={parsed?.kind === 'broken' ? parsed.message : serverError}
    />
  )
}

type Parsed =
  | { readonly kind: 'object'; readonly value: Json }
  | { readonly kind: 'broken'; readonly message: string }

function parse(text: string): Parsed {
  try {
    const value: unknown = JSON.parse(text)
    if (isObject(value)) return { kind: 'object', value }
    return {
      kind: 'broken',
      message:
        'Expected an object: the text begins with { and ends with }. Nothing is changed until it does.',
    }
  } catch (error) {
    const why = error instanceof SyntaxError ? error.message : 'it does not parse'
    return { kind: 'broken', message: `This is not JSON yet: ${why}. Nothing is changed until it is.` }
  }
}

function print(value: Json): string {
  return JSON.stringify(value, null, 2)
}
