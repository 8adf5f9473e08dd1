import type { ConnectionFacts, DoctorFacts, NamedSource, OtherWorkspace } from './facts.ts'
import { type DoctorItem, firstOf, pass, warn } from './item.ts'
import { aloneWords } from './slugs.ts'

const ID = 'environments'
const TITLE = 'Same sources elsewhere'

/** What moves from one environment to the next finds its source there, by alias or by name and type. */
export function checkSameSources(
  { workspace: { slug }, sources }: DoctorFacts,
  { others, hidden }: ConnectionFacts,
): readonly DoctorItem[] {
  const found = others.flatMap((other) => {
    const here = { slug, sources }
    const aliased = other.sameByAlias
    return [
      ...lacking(here, other, new Set(aliased.map((pair) => pair.here))),
      ...lacking(other, here, new Set(aliased.map((pair) => pair.there))),
    ]
  })
  if (found.length > 0) return firstOf(found)
  if (others.length === 0) return [pass(ID, TITLE, aloneWords(slug, hidden))]
  const names = others.map((other) => other.slug).join(', ')
  return [pass(ID, TITLE, `${slug} and ${names} have the same sources, by alias or by name and type.`)]
}

type Side = Pick<OtherWorkspace, 'slug' | 'sources'>

/** The sources of `from` that `to` lacks. */
function lacking(from: Side, to: Side, aliased: ReadonlySet<string>): readonly DoctorItem[] {
  const present = new Set(to.sources.map(identity))
  return from.sources
    .filter((source) => !present.has(identity(source)) && !aliased.has(source.slug))
    .map((source) => {
      const { name, type } = source
      const namesake = to.sources.find((one) => one.name === name || one.slug === source.slug)
      const about = {
        id: `${ID}:${to.slug}:${source.slug}`,
        title: `Source ${name} in ${to.slug}`,
      }
      if (namesake !== undefined) {
        return warn({
          ...about,
          message: `${from.slug} has the source ${name} (${source.slug}, ${type}); in ${to.slug} it is ${namesake.name} (${namesake.slug}, ${namesake.type}).`,
          fix: 'Give both the same name and type, if they are to be the same.',
          mend: { kind: 'source', workspace: to.slug, slug: namesake.slug },
        })
      }
      return warn({
        ...about,
        message: `${from.slug} has the source ${name} (${source.slug}, ${type}); ${to.slug} has none of this name and type.`,
        fix: `Copy it to ${to.slug} and fill in its secrets there.`,
        mend: { kind: 'copy-source', from: from.slug, slug: source.slug, to: to.slug },
      })
    })
}

function identity({ name, type }: NamedSource): string {
  return JSON.stringify([name.trim().toLowerCase(), type])
}
