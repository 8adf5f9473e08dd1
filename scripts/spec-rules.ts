export type NamedText = { readonly name: string; readonly text: string }

export type SpecReport = {
  readonly rules: number
  readonly tested: number
  /** Rules that say of themselves that they are not built yet. */
  readonly open: readonly string[]
  readonly problems: readonly string[]
}

const DEFINITION = /\*\*\[([A-Z]\d+)\]\*\*/g
/** A line of a spec file such as `Open: S4, S16.` */
const OPEN_LINE = /^Open: (.+)$/gm
/** The beginning of a test's title: `it('[F12] …`, `it.each(…)('[F12, F13] …`, `describe('[F12][S8] …`. */
const TITLE = /['"`]((?:\[[A-Z]\d+(?:, ?[A-Z]\d+)*\] ?)+)/g
const ID = /[A-Z]\d+/g

/** Ties rule numbers to test titles: each rule has a test or is open, each number in a title is a rule. */
export function compareSpec(specs: readonly NamedText[], tests: readonly NamedText[]): SpecReport {
  const rules = new Map<string, string>()
  const problems: string[] = []
  for (const { name, text } of specs) {
    for (const [, id = ''] of text.matchAll(DEFINITION)) {
      if (rules.has(id)) problems.push(`${name}: the rule ${id} is there twice, also in ${rules.get(id)}`)
      rules.set(id, name)
    }
  }
  const open = specs.flatMap(({ text }) =>
    [...text.matchAll(OPEN_LINE)].flatMap(([, ids = '']) => ids.match(ID) ?? []),
  )
  const tested = new Set<string>()
  for (const { name, text } of tests) {
    for (const [, ids = ''] of text.matchAll(TITLE)) {
      for (const id of ids.match(ID) ?? []) {
        if (rules.has(id)) tested.add(id)
        else problems.push(`${name}: a test names the rule ${id}, which is in no file of docs/spec`)
      }
    }
  }
  for (const id of open) if (!rules.has(id)) problems.push(`docs/spec: ${id} is marked open but is no rule`)
  for (const [id, name] of rules) {
    if (!tested.has(id) && !open.includes(id))
      problems.push(`${name}: the rule ${id} has no test and is not marked open`)
  }
  return { rules: rules.size, tested: tested.size, open, problems: [...new Set(problems)] }
}
