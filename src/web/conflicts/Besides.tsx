import type { FileConflict } from '../../core/wire/conflict-sides.ts'
import { listWords } from '../words/count.ts'
import { mergedBesides } from './conflict-words.ts'
import c from './conflicts.module.css'

/** What comes along without a question, because only one side changed it. */
export function Besides({ conflict }: { readonly conflict: FileConflict }) {
  const { fromGit, fromWorkspace } = mergedBesides(conflict)
  if (fromGit.length + fromWorkspace.length === 0) return null
  return (
    <div className={c.besides}>
      {fromWorkspace.length > 0 && <p>Changed here alone, kept: {listWords(fromWorkspace)}.</p>}
      {fromGit.length > 0 && <p>Changed in Git alone, taken over: {listWords(fromGit)}.</p>}
    </div>
  )
}
