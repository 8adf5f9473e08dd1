import { own } from '../model/json.ts'
import type { FileRef } from '../model/resource.ts'
import { type Aliases, aliasedField, resolveAlias } from './aliases.ts'
import type { SpelledFile } from './pending.ts'

/** E6: what a file's source or destination meant and means; null where the name leads into a cycle. */
export type MeaningChange = {
  readonly ref: FileRef
  readonly key: 'source' | 'destination'
  readonly name: string
  readonly before: string | null
  readonly after: string | null
}

/** E6: the resources whose source or destination another alias file changes, though no file of theirs did. */
export function changedMeanings(
  files: Iterable<SpelledFile>,
  before: Aliases,
  after: Aliases,
): MeaningChange[] {
  const changes: MeaningChange[] = []
  for (const { ref, value } of files) {
    const field = aliasedField(ref.kind)
    const name = field === null ? undefined : own(value, field.key)
    if (field === null || typeof name !== 'string') continue
    const [was, is] = [before, after].map((aliases) => {
      const meaning = resolveAlias(name, field.section, aliases)
      return meaning.kind === 'slug' ? meaning.slug : null
    })
    if (was === undefined || is === undefined || was === is) continue
    changes.push({ ref, key: field.key, name, before: was, after: is })
  }
  return changes
}
