import pc from 'picocolors'
import { isObject, type Json } from '../../core/model/json.ts'
import { KIND_WORDS } from '../../core/model/kind.ts'
import { nameClash } from '../../core/wire/name-clash.ts'
import type { Conflict, MergeFieldWire } from '../../core/wire/plan.ts'
import { show } from '../report/changes.ts'
import { onOneLine } from './words.ts'

/** `parent-models/users  parent model: /name, /description`. */
export function conflictLine(conflict: Conflict): string {
  return `${pc.bold(onOneLine(nameOf(conflict)))}  ${KIND_WORDS[conflict.kind]}: ${what(conflict)}`
}

function nameOf({ kind, slug }: Pick<Conflict, 'kind' | 'slug'>): string {
  return `${kind}/${slug}`
}

function what(conflict: Conflict): string {
  const { choices, causes, ours, theirs, review } = conflict
  const clash = nameClash(conflict)
  if (clash) return `the name is taken by ${onOneLine(nameOf(clash))}: rename one of the two`
  if (review)
    return `its review ${onOneLine(review.number === null ? review.branch : `#${review.number}`)} was closed without being merged`
  if (ours === null) return 'deleted here, changed in Git'
  if (theirs === null) return 'changed here, deleted in Git'
  if (choices.length > 0) return choices.map(({ path }) => onOneLine(path || 'the whole')).join(', ')
  return causes.length > 0
    ? `does not go together with ${causes.map((cause) => onOneLine(nameOf(cause))).join(', ')}`
    : 'the changes of both sides together make no sound resource'
}

/** One conflict: every field with what each side has there. */
export function conflictLines(conflict: Conflict): string[] {
  const take = `tandem resolve ${onOneLine(nameOf(conflict))}`
  const fields = conflict.choices.flatMap(fieldLines)
  const [first] = conflict.choices
  const byField = first && first.path !== '' ? [`  ${take} --field ${onOneLine(first.path)}=git`] : []
  return [
    conflictLine(conflict),
    ...fields,
    '',
    'Settle it with one of:',
    `  ${take} --take workspace`,
    `  ${take} --take git`,
    ...byField,
  ]
}

function fieldLines(field: MergeFieldWire): string[] {
  return [
    `  ${pc.yellow(onOneLine(field.path || 'the whole'))}`,
    ...sideLines('base', field.base),
    ...sideLines('workspace', field.ours),
    ...sideLines('git', field.theirs),
  ]
}

function sideLines(name: string, value: unknown): string[] {
  const label = `    ${`${name}:`.padEnd(11)}`
  if (value === undefined) return [`${label}(absent)`]
  // An answer is JSON.
  const json = value as Json
  if (!isObject(json)) return [`${label}${show(json)}`]
  const keys = Object.entries(json).map(([key, one]) => `      ${onOneLine(key)}: ${show(one)}`)
  return [label.trimEnd(), ...keys]
}
