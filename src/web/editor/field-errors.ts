import { createContext, useContext } from 'react'
import { parsePointer } from '../../core/model/json-pointer.ts'
import { ApiError } from '../api/client.ts'

/** What the server found in the fields of the form, by top-level key. Each is shown at its field only. */
export type FieldErrors = ReadonlyMap<string, string>

export const FieldErrorsContext = createContext<FieldErrors>(new Map())

export function useFieldError(key: string): string | undefined {
  return useContext(FieldErrorsContext).get(key)
}

export function fieldErrorsOf(error: unknown, shown: readonly string[]): FieldErrors {
  if (!(error instanceof ApiError)) return new Map()
  return new Map(
    (error.problem.diagnostics ?? []).flatMap((one): [string, string][] => {
      const key = 'field' in one ? parsePointer(one.field)[0] : undefined
      return key !== undefined && shown.includes(key)
        ? [[key, [one.message, one.hint].filter(Boolean).join(' ')]]
        : []
    }),
  )
}

/** The failure without what stands at the fields; null when nothing is left to say in the save bar. */
export function barError(error: unknown, atFields: FieldErrors): unknown {
  if (error === null || error === undefined) return null
  // The banner with what changed meanwhile stands for a refused revision.
  if (error instanceof ApiError && error.problem.code === 'stale') return null
  return atFields.size === 0 ? error : null
}
