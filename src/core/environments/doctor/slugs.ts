import { type FileKind, KIND_WORDS } from '../../model/kind.ts'
import type { ConnectionFacts, DoctorFacts } from './facts.ts'
import { type DoctorItem, firstOf, pass, warn } from './item.ts'

const ID = 'slugs'
const TITLE = 'Slugs'

/** A resource is one by its slug (F1): one thing with two slugs is two things once the branches meet. */
export function checkSlugs(
  { workspace: { slug } }: DoctorFacts,
  { others, hidden }: ConnectionFacts,
): readonly DoctorItem[] {
  const found = others.flatMap((other) =>
    other.otherSlugs.map(({ kind, name, here, there }) =>
      warn({
        id: `${ID}:${other.slug}:${kind}:${here}`,
        title: `Slug of ${name}`,
        message: `The ${KIND_WORDS[kind]} ${name} has the slug ${here} in ${slug} and ${there} in ${other.slug}: merging their files makes two of it.`,
        fix: `Rename one of the two, so that both workspaces have the slug ${there}, or both ${here}.`,
        ...(UNNAMEABLE.includes(kind)
          ? {}
          : { mend: { kind: 'rename', resource: kind, slug: here, to: there } }),
      }),
    ),
  )
  if (found.length > 0) return firstOf(found)
  if (others.length === 0) return [pass(ID, TITLE, aloneWords(slug, hidden))]
  const names = others.map((other) => other.slug).join(', ')
  return [pass(ID, TITLE, `What has one name in ${slug} and in ${names} has one slug.`)]
}

/** The slug of a contract is part of its events' paths, and cannot change. */
const UNNAMEABLE: readonly FileKind[] = ['event-contracts', 'contract-events']

export function aloneWords(slug: string, hidden: number): string {
  return hidden === 0
    ? `No other workspace uses the repository of ${slug}.`
    : `The other workspaces on the repository of ${slug} are not yours to see, and were not compared.`
}
