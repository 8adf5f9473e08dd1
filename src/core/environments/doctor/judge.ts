import { checkAliasFile } from './alias-file.ts'
import { checkConnected } from './connected.ts'
import { checkCredentials } from './credentials.ts'
import type { DoctorFacts } from './facts.ts'
import { checkGitSync } from './git-sync.ts'
import type { DoctorItem } from './item.ts'
import { checkNames } from './names.ts'
import { checkOpenWork } from './open-work.ts'
import { checkPlace } from './place.ts'
import { checkSameSources } from './same-sources.ts'
import { checkSlugs } from './slugs.ts'
import { checkSources } from './sources.ts'

const OF_A_CONNECTION = [
  checkCredentials,
  checkPlace,
  checkSlugs,
  checkAliasFile,
  checkNames,
  checkSameSources,
  checkOpenWork,
] as const

/** S27: the whole checklist, in the order in which one thing needs another. */
export function judge(facts: DoctorFacts): readonly DoctorItem[] {
  const { connection } = facts
  return [
    ...checkGitSync(facts),
    ...checkConnected(facts),
    ...(connection === null ? [] : OF_A_CONNECTION.flatMap((check) => check(facts, connection))),
    ...checkSources(facts),
  ]
}
