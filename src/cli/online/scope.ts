import { FILE_KINDS, isFileKind, isKind } from '../../core/model/kind.ts'
import type { FileRef } from '../../core/model/resource.ts'
import { CliError, EXIT } from '../exit.ts'

/** `parent-models/users`; null without one: the schema as a whole. */
export function parseScope(text: string | undefined): FileRef | null {
  if (text === undefined) return null
  const slash = text.indexOf('/')
  const [kind, slug] = [text.slice(0, slash), text.slice(slash + 1)]
  if (slash > 0 && slug !== '' && isKind(kind) && isFileKind(kind)) return { kind, slug }
  throw new CliError(
    EXIT.usage,
    `\`${text}\` names no resource.`,
    `Write it like parent-models/users; the kinds are ${FILE_KINDS.join(', ')}.`,
  )
}
