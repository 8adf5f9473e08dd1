const LENGTH_MAX = 60

/** The branch of a person's review, `tandem/<workspace>/<person>`: the first that is free (S21). */
export function branchFor(workspace: string, person: string, taken: Iterable<string>): string {
  const names = [...taken]
  // Git keeps branches like files: where `tandem` is one, there can be none below it.
  const root = names.some((name) => name === 'tandem' || name === `tandem/${workspace}`)
    ? `tandem-${workspace}-`
    : `tandem/${workspace}/`
  const isFree = (name: string) => !names.some((other) => other === name || other.startsWith(`${name}/`))
  const wanted = root + slugOf(person)
  for (let n = 1; ; n++) {
    const name = n === 1 ? wanted : `${wanted}-${n}`
    if (isFree(name)) return name
  }
}

function slugOf(person: string): string {
  const slug = person
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LENGTH_MAX)
    .replace(/^-+|-+$/g, '')
  return slug === '' ? 'review' : slug
}
