import type { ConnectionFacts, DoctorFacts } from './facts.ts'
import { type DoctorItem, fail, firstOf, pass, warn } from './item.ts'

const ID = 'aliases'
const TITLE = 'Alias file'

/** E3: the file is there and each of its lines means something. */
export function checkAliasFile(
  { workspace: { slug } }: DoctorFacts,
  { aliasFile, isSynced, repository }: ConnectionFacts,
): readonly DoctorItem[] {
  if (repository.kind === 'unread') return [unread(ID, TITLE, slug, repository.message)]
  const found = repository.aliasProblems.map(({ code, severity, message, hint, line }) =>
    (severity === 'error' ? fail : warn)({
      id: `${ID}:${code}:${line}`,
      title: TITLE,
      message: `${aliasFile} of ${slug}, line ${line}: ${message}`,
      fix: hint ?? 'Correct the line.',
    }),
  )
  if (found.length > 0) return firstOf(found)
  if (repository.hasAliasFile)
    return [pass(ID, TITLE, `${aliasFile} is there, and every line means something.`)]
  if (!isSynced) return [pass(ID, TITLE, `The first sync of ${slug} makes ${aliasFile}.`)]
  const isMissed = repository.unknownNames.length > 0
  return [
    warn({
      id: ID,
      title: TITLE,
      message: `${aliasFile} of ${slug} was deleted from the branch.`,
      fix: isMissed
        ? 'Add an alias for each unknown name below: the file is made again with them.'
        : 'Save the aliases once more: the file is made again, as it comes back with any other save.',
      ...(isMissed ? {} : { mend: { kind: 'save-aliases' } }),
    }),
  ]
}

export function unread(id: string, title: string, slug: string, message: string): DoctorItem {
  return warn({
    id,
    title,
    message: `This could not be checked, because the files of ${slug} could not be read: ${message}`,
    fix: 'Mend what keeps the repository from being read, then check again.',
  })
}
