import { diagnoseFinding, sortDiagnostics } from '../format/diagnose.ts'
import { createLocator } from '../format/locate.ts'
import { excerpt, finding } from '../lint/check-shape.ts'
import { didYouMean, nearestNames } from '../lint/nearest.ts'
import type { Diagnostic, Finding } from '../model/diagnostic.ts'
import { ALIAS_SECTIONS, type Aliases, type AliasSection } from './aliases.ts'

/** What a workspace has: its manifest offline, its sources and destinations in the app. */
export type KnownSlugs = Readonly<Record<AliasSection, Slugs>>
type Slugs = { has(slug: string): boolean; keys(): Iterable<string> }
/** The names that files spell as their source or destination. */
export type UsedNames = Readonly<Record<AliasSection, ReadonlySet<string>>>

export type AliasFile = { readonly path: string; readonly text: string; readonly aliases: Aliases }

/** E3: cyclic, dangling, shadowing and unused aliases, each at its line. `known` is null where nothing says what exists. */
export function checkAliases(file: AliasFile, known: KnownSlugs | null, used: UsedNames): Diagnostic[] {
  const findings = ALIAS_SECTIONS.flatMap((section) => {
    const aliases = file.aliases[section]
    const faulty = faultyAliases(aliases, known?.[section] ?? null)
    return [
      ...[...aliases.keys()].flatMap((name) => faulty.get(name)?.findings(section, name) ?? []),
      ...(known === null ? [] : shadowing(section, aliases, known[section])),
      ...unused(section, aliases, faulty, used[section]),
    ]
  })
  if (findings.length === 0) return []
  const locator = createLocator(file.text)
  return sortDiagnostics(findings.map((found) => diagnoseFinding(file.path, locator, found)))
}

type Fault = { findings(section: AliasSection, name: string): Finding[] }

/** An alias that only leads to a faulty one is faulty too, but the fault is told once, where it is. */
const TOLD_ELSEWHERE: Fault = { findings: () => [] }

/** Follows every alias once, so a chain of ten thousand costs ten thousand steps. */
function faultyAliases(aliases: ReadonlyMap<string, string>, known: Slugs | null): Map<string, Fault> {
  const faults = new Map<string, Fault>()
  const sound = new Set<string>()
  const order = new Map([...aliases.keys()].map((name, i) => [name, i]))
  for (const start of aliases.keys()) {
    const chain = new Map<string, number>()
    let name = start
    while (!sound.has(name) && !faults.has(name) && !chain.has(name)) {
      const next = aliases.get(name)
      if (next === undefined) break
      chain.set(name, chain.size)
      if (next === name) break
      name = next
    }
    const names = [...chain.keys()]
    const turn = chain.get(name)
    if (turn !== undefined && aliases.get(name) !== name) {
      for (const part of names) faults.set(part, TOLD_ELSEWHERE)
      const cycle = names.slice(turn)
      const first = cycle.reduce((a, b) => ((order.get(a) ?? 0) < (order.get(b) ?? 0) ? a : b))
      faults.set(first, cycleFault(cycle))
    } else if (faults.has(name)) {
      for (const part of names) faults.set(part, TOLD_ELSEWHERE)
    } else if (!sound.has(name) && known !== null && !known.has(name)) {
      for (const part of names) faults.set(part, TOLD_ELSEWHERE)
      faults.set(names.at(-1) ?? name, danglingFault(name, known.keys()))
    } else {
      for (const part of names) sound.add(part)
    }
  }
  return faults
}

function cycleFault(cycle: readonly string[]): Fault {
  return {
    findings(section, name) {
      const at = cycle.indexOf(name)
      const round = [...cycle.slice(at), ...cycle.slice(0, at), name].map((part) => `\`${excerpt(part)}\``)
      const message = `The aliases ${round.join(' → ')} point in a circle and mean nothing.`
      return [
        finding('alias-cycle', [section, name], {
          message,
          hint: 'Let one of them point at an actual slug.',
          at: 'key',
        }),
      ]
    },
  }
}

function danglingFault(target: string, slugs: Iterable<string>): Fault {
  return {
    findings(section, name) {
      const message = `The alias \`${excerpt(name)}\` points at \`${excerpt(target)}\`, but there is no ${singular(section)} of that slug here.`
      const hint =
        didYouMean(nearestNames(target, slugs)) ?? `Let it point at a ${singular(section)} of this workspace.`
      return [finding('alias-dangling', [section, name], { message, hint, at: 'key' })]
    },
  }
}

function shadowing(section: AliasSection, aliases: ReadonlyMap<string, string>, known: Slugs): Finding[] {
  const names = [...aliases].filter(([name, target]) => name !== target && known.has(name))
  return names.map(([name]) => {
    const message = `The alias \`${excerpt(name)}\` has the name of an actual ${singular(section)}, which files cannot mean any more.`
    return finding('alias-shadows-slug', [section, name], {
      message,
      hint: 'Give the alias another name.',
      at: 'key',
      severity: 'warning',
    })
  })
}

/** An alias that another one points at is used when that one is; each is told at its own line. */
function unused(
  section: AliasSection,
  aliases: ReadonlyMap<string, string>,
  faulty: ReadonlyMap<string, Fault>,
  used: ReadonlySet<string>,
): Finding[] {
  const targets = new Set(
    [...aliases].filter(([name, target]) => name !== target).map(([, target]) => target),
  )
  const names = [...aliases.keys()].filter(
    (name) => !faulty.has(name) && !used.has(name) && !targets.has(name),
  )
  return names.map((name) => {
    const message = `No file uses the alias \`${excerpt(name)}\`.`
    return finding('alias-unused', [section, name], {
      message,
      hint: 'Remove the line, if no branch needs it.',
      at: 'key',
      severity: 'warning',
    })
  })
}

function singular(section: AliasSection): string {
  return section === 'sources' ? 'source' : 'destination'
}
