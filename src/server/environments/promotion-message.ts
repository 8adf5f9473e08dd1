import { KIND_WORDS } from '../../core/model/kind.ts'
import type { LastChange } from '../../store/promotions.ts'

/** A commit's message is read by people: more are counted. */
const TOLD_MAX = 50

/** Where it comes from: of each resource who changed it there last, and in which commit. */
export function promotionMessage(own: string | null, from: string, changes: readonly LastChange[]): string {
  const lines = changes.slice(0, TOLD_MAX).map(({ kind, slug, author, commit }) => {
    const at = commit === null ? 'not in Git there yet' : commit.slice(0, 12)
    return `- ${KIND_WORDS[kind]} ${slug}: ${author}, ${at}`
  })
  const more = changes.length - lines.length
  const list = [...lines, ...(more > 0 ? [`- and ${more} more`] : [])].join('\n')
  return [own, `Promoted from ${from}.`, list].filter(Boolean).join('\n\n')
}
