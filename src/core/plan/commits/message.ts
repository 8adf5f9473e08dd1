import type { CommitDraft, Person } from './draft.ts'
import { oneLine } from './subject.ts'

/** The whole message: subject, what the person wrote, trailers (S7). */
export function commitMessage(
  draft: Pick<CommitDraft, 'subject' | 'message' | 'author' | 'coauthors'>,
  trailers: { readonly workspace: string; readonly run: string },
): string {
  const others = draft.coauthors.filter((person) => person.email !== draft.author.email)
  const lines = [
    `Tandem-Workspace: ${oneLine(trailers.workspace)}`,
    `Tandem-Run: ${oneLine(trailers.run)}`,
    ...unique(others).map((person) => `Co-authored-by: ${plain(person.name)} <${plain(person.email)}>`),
  ]
  const body = draft.message === null ? [] : bodyOf(draft.message)
  return [draft.subject, ...body, lines.join('\n')].join('\n\n').concat('\n')
}

/** A person's words as they are, but no line of them can be taken for a trailer (Z10). */
function bodyOf(message: string): string[] {
  const lines = message
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((line) => plain(line).replace(/^([\w-]+):(?= )/, '$1\u200b:'))
  const text = lines.join('\n').trim()
  return text === '' ? [] : [text]
}

function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  return text.replace(/[\u0000-\u001f\u007f-\u009f<>]+/g, ' ').trim()
}

function unique(people: readonly Person[]): Person[] {
  return [...new Map(people.map((person) => [person.email, person])).values()]
}
