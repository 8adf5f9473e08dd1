import { useQuery } from '@tanstack/react-query'
import type { Value } from '../../core/model/resource.ts'
import { type FileConflict, sidesOf } from '../../core/wire/conflict-sides.ts'
import { aliasesQuery } from '../api/git.ts'
import { fileQuery } from '../api/resources.ts'
import f from '../components/form.module.css'
import { fileText } from '../editor/file-text.ts'
import c from './conflicts.module.css'
import type { Outcome } from './decisions.ts'
import { MergeCode } from './MergeCode.tsx'

type Props = { readonly ws: string; readonly conflict: FileConflict; readonly outcome: Outcome }

/** The file as Git will have it, live, with what that changes in Git's version marked. */
export function ResultFile({ ws, conflict, outcome }: Props) {
  const { kind, slug } = conflict
  const { value } = outcome
  const isOpen = outcome.kind === 'undecided'
  const aliases = useQuery(aliasesQuery(ws))
  const file = useQuery(fileQuery(ws, kind, slug))
  const present = file.data ?? null
  const { theirs } = sidesOf(conflict)
  const print = (one: Value) => fileText(kind, slug, one, aliases.data, present)
  const path = conflict.path ?? print(value ?? theirs ?? {}).path
  return (
    <section className={c.result} aria-label="The result">
      <h2 className={f.heading}>The file as Git will have it</h2>
      <p className={f.hint}>
        <code>{path}</code>
        {value === null
          ? ' is deleted, or stays so.'
          : ` Marked: what settling changes in Git.${isOpen ? ' Where nothing is chosen yet it stands as the workspace has it.' : ''}`}
      </p>
      {value !== null && (
        <MergeCode
          unified
          language="yaml"
          before={{ label: 'The file in Git', text: theirs === null ? '' : print(theirs).text }}
          after={{ label: 'YAML of the result', text: print(value).text }}
        />
      )}
    </section>
  )
}
