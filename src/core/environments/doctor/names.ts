import { aliasLine, proposedSlug } from '../alias-line.ts'
import { unread } from './alias-file.ts'
import type { ConnectionFacts, DoctorFacts, RepositoryFacts, UnknownName } from './facts.ts'
import { type DoctorItem, fail, firstOf, pass } from './item.ts'

const ID = 'names'
const TITLE = 'Sources and destinations of the files'

/** E4: whatever files name as their source or destination exists here or has an alias. */
export function checkNames(facts: DoctorFacts, connection: ConnectionFacts): readonly DoctorItem[] {
  const { repository } = connection
  const { slug } = facts.workspace
  if (repository.kind === 'unread') return [unread(ID, TITLE, slug, repository.message)]
  if (repository.unknownNames.length === 0) {
    return [pass(ID, TITLE, `${slug} knows every source and destination that the files name.`)]
  }
  return firstOf(repository.unknownNames.map((unknown) => item(facts, connection, repository, unknown)))
}

function item(
  { workspace: { slug }, sources }: DoctorFacts,
  { aliasFile, others }: ConnectionFacts,
  repository: Extract<RepositoryFacts, { kind: 'read' }>,
  { section, name, paths }: UnknownName,
): DoctorItem {
  const word = section === 'sources' ? 'source' : 'destination'
  const slugs = repository.slugs[section]
  const [first = '', ...rest] = paths
  const files = rest.length === 0 ? first : `${first} and ${rest.length} more`
  const twin = section === 'sources' ? twinOf(name, sources, others) : null
  const proposed = twin ?? proposedSlug(name, slugs) ?? null
  const line = aliasLine(name, proposed === null ? [] : [proposed]).trim()
  const create = `create a ${word} with the slug ${name}`
  return fail({
    id: `${ID}:${section}:${name}`,
    title: `Unknown ${word} ${name}`,
    message: `${files}: the ${word} \`${name}\` is none of ${slug}'s, and no alias leads to one. What names it waits.`,
    fix:
      slugs.length === 0
        ? `In ${slug}, ${create}.`
        : `Add the line \`${line}\` under \`${section}:\` in ${aliasFile}, or ${create}.`,
    ...(slugs.length === 0 ? {} : { mend: { kind: 'add-alias', section, name, proposed, slugs } }),
  })
}

/** The slug elsewhere belongs to a source that is here under another slug, by name and type. */
function twinOf(
  name: string,
  sources: DoctorFacts['sources'],
  others: ConnectionFacts['others'],
): string | null {
  const meant = others.flatMap((other) => other.sources).find((source) => source.slug === name)
  const twins = sources.filter((source) => source.name === meant?.name && source.type === meant.type)
  return twins.length === 1 ? (twins[0]?.slug ?? null) : null
}
