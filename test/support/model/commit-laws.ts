import { CORE_SCHEMA, load } from 'js-yaml'
import { parseDocument } from 'yaml'
import { classifyPath } from '../../../src/core/format/classify.ts'
import { DEFAULT_LIMITS } from '../../../src/core/format/limits.ts'
import { normalize, sameValue } from '../../../src/core/format/normalize.ts'
import { printResource } from '../../../src/core/format/print.ts'
import { readResource } from '../../../src/core/format/read-file.ts'
import { lintRepository } from '../../../src/core/lint/repository.ts'
import { isObject, type Json, type JsonObject, sameJson } from '../../../src/core/model/json.ts'
import { isModelKind, KIND_WORDS } from '../../../src/core/model/kind.ts'
import type { FileRef } from '../../../src/core/model/resource.ts'
import type { CommitInfo, GitObjects } from './git-objects.ts'

type Texts = ReadonlyMap<string, string>
type Change = { readonly path: string; readonly before: string | null; readonly after: string | null }

/** What a commit of ours breaks of S8, S9, F14 and the honesty of its subject (S7); empty when it is as it should be. */
export async function commitFaults(
  objects: GitObjects,
  commit: CommitInfo,
  workspace: string,
): Promise<string[]> {
  const before = await objects.texts(commit.parents[0] ?? null)
  const after = await objects.texts(commit.oid)
  const changes = changesOf(before, after)
  const at = `${commit.oid.slice(0, 7)} "${commit.subject}"`
  return [
    ...(changes.length === 0 ? ['it is empty'] : []),
    ...changes.flatMap((change) => changeFaults(change, workspace, isPutBack(commit.subject))),
    ...newErrors(before, after, workspace),
    ...subjectFaults(commit.subject, changes),
  ].map((fault) => `${at}: ${fault}`)
}

function changesOf(before: Texts, after: Texts): Change[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((path) => {
    const change = { path, before: before.get(path) ?? null, after: after.get(path) ?? null }
    return change.before === change.after ? [] : [change]
  })
}

function changeFaults(change: Change, workspace: string, isBack: boolean): string[] {
  const { path, before, after } = change
  const found = classifyPath(path)
  if (found.kind === 'guest') return [`it touches ${path}, which is not ours`]
  if (found.kind !== 'resource') {
    if (found.workspace !== workspace) return [`it touches ${path} of another workspace`]
    const isSame = before !== null && after !== null && sameJson(plain(before), plain(after))
    return isSame ? [`it rewrites ${path} without a change`] : []
  }
  if (after === null) return []
  if (before === null) return []
  const [old, now] = [valueIn(path, found.ref, before), valueIn(path, found.ref, after)]
  if (now === null) return [`${path} cannot be read`]
  // What is put back over a broken file has another value than none, and over any other its whole text.
  if (old === null || isBack) return []
  if (sameValue(found.ref.kind, normalize(found.ref.kind, old), normalize(found.ref.kind, now)))
    return [`it touches ${path} without changing its value`]
  return [...styleFaults(found.ref, before, after, old, now)].map((fault) => `${path}: ${fault}`)
}

function plain(text: string): Json {
  return sortedKeys((load(text, { schema: CORE_SCHEMA }) ?? {}) as Json)
}

function sortedKeys(value: Json): Json {
  if (Array.isArray(value)) return value.map(sortedKeys)
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sortedKeys(value[key] ?? null)]),
  )
}

function valueIn(path: string, ref: FileRef, text: string): JsonObject | null {
  const read = readResource(path, ref, text, DEFAULT_LIMITS)
  return read.kind === 'resource' ? read.value : null
}

/** F14: in a file of a person's style the text of every field that did not change stays byte for byte, and its head. */
function styleFaults(
  ref: FileRef,
  before: string,
  after: string,
  old: JsonObject,
  now: JsonObject,
): string[] {
  // The other parser that this looks with knows no lone carriage return.
  if (before === printResource(ref.kind, old) || /\r(?!\n)/.test(before)) return []
  const [was, is] = [fieldTexts(before), fieldTexts(after)]
  const same = Object.keys(old).filter((key) => key in now && sameJson(old[key], now[key]))
  const faults = same.flatMap((key) =>
    was.fields.get(key) === is.fields.get(key)
      ? []
      : [
          `the text of ${key} changed from ${JSON.stringify(was.fields.get(key))} to ${JSON.stringify(is.fields.get(key))}`,
        ],
  )
  return was.head === is.head ? faults : [...faults, `its head changed from ${JSON.stringify(was.head)}`]
}

/** The text of each top-level field from its key to its value's end, and all above the first. */
function fieldTexts(text: string): { head: string; fields: Map<string, string> } {
  const document = parseDocument(text, { schema: 'core' })
  const fields = new Map<string, string>()
  let first = text.length
  const { contents } = document
  // The node of a mapping; nothing else reads as a resource.
  for (const { key, value } of (contents as { items?: { key: Node; value: Node | null }[] } | null)?.items ??
    []) {
    const start = key.range?.[0] ?? 0
    first = Math.min(first, start)
    fields.set(String(key.value), text.slice(start, value?.range?.[1] ?? key.range?.[1]).trimEnd())
  }
  return { head: text.slice(0, first), fields }
}
type Node = { readonly value?: unknown; readonly range?: readonly [number, number, number] | null }

/** S8: errors that the commit has and its parent has not. */
function newErrors(before: Texts, after: Texts, workspace: string): string[] {
  // With one manifest for both: what it newly names is looked at for the first time, which is no commit's fault.
  const manifest = `manifest-${workspace}.yaml`
  const known = new Set(errorsOf(new Map([...before, [manifest, after.get(manifest) ?? '']]), workspace))
  return errorsOf(new Map([...after, [manifest, after.get(manifest) ?? '']]), workspace).flatMap((error) =>
    known.has(error) ? [] : [`it brings the error ${error}`],
  )
}

function errorsOf(texts: Texts, workspace: string): string[] {
  const files = [...texts].map(([path, text]) => ({ path, text })).sort((a, b) => (a.path < b.path ? -1 : 1))
  const { diagnostics } = lintRepository(files, { workspace })
  return (
    diagnostics
      // What is unknown in this workspace is pending, no error (E4).
      .filter(({ severity, code }) => severity === 'error' && !code.startsWith('unresolved-source'))
      .map(({ file, code, message }) => `${file} ${code} ${message}`)
  )
}

const WORDS = new Map(Object.entries(KIND_WORDS).map(([kind, word]) => [word, kind]))

function isPutBack(subject: string): boolean {
  return subject.startsWith('Put back the last good version of ')
}

/** The subject names what the commit touches and nothing else; counts are right. */
function subjectFaults(subject: string, changes: readonly Change[]): string[] {
  if (isPutBack(subject)) return []
  const touched = changes.flatMap((change) => {
    const found = classifyPath(change.path)
    return found.kind === 'resource' ? [{ ...change, ref: found.ref }] : []
  })
  if (/^(Add|Update) (manifest|alias file|manifest and alias file)$/.test(subject))
    return touched.length === 0 ? [] : ['its subject names none of the resources that it touches']
  const counted = countsIn(subject)
  const kinds = new Map<string, number>()
  for (const { ref } of touched) {
    const word = isModelKind(ref.kind) ? 'model' : KIND_WORDS[ref.kind]
    kinds.set(word, (kinds.get(word) ?? 0) + 1)
  }
  const faults: string[] = []
  for (const [word, { total, renamed, deleted }] of counted) {
    const files = kinds.get(word) ?? 0
    const most = total + renamed
    // What is renamed to the place of one that is deleted touches that file once.
    if (files > most || files < most - Math.min(renamed, deleted))
      faults.push(`it names ${total} ${word} and touches ${files} files`)
  }
  for (const word of kinds.keys())
    if (!counted.has(word)) faults.push(`it touches a ${word} that its subject does not name`)
  return [
    ...faults,
    ...namesIn(subject).flatMap((name) => (isNamed(name, touched) ? [] : [`it does not touch ${name}`])),
  ]
}

type Count = { readonly total: number; readonly renamed: number; readonly deleted: number }

/** By word: how many resources the subject speaks of, and how many of them were renamed (two files each) or deleted. */
function countsIn(subject: string): Map<string, Count> {
  const counts = new Map<string, Count>()
  const add = (kindWord: string, n: number, part: string) => {
    const of = (verb: RegExp) => (verb.test(part) ? n : 0)
    const kind = WORDS.get(kindWord)
    const word = kind !== undefined && isModelKind(kind as FileRef['kind']) ? 'model' : kindWord
    const { total, renamed, deleted } = counts.get(word) ?? { total: 0, renamed: 0, deleted: 0 }
    counts.set(word, {
      total: total + n,
      renamed: renamed + of(/^rename/i),
      deleted: deleted + of(/^delete/i),
    })
  }
  for (const part of subject.split(/; (?=[a-z])/)) {
    const many = [...part.matchAll(/(\d+) (model|relationship)s?\b/g)]
    const single = SINGLE.exec(part)
    if (single) add(single[2] ?? '', 1, part)
    else for (const [, n, word] of many) add(word ?? '', Number(n), part)
  }
  return counts
}

const SINGLE =
  /^(Add|Update|Delete|Rename|add|update|delete|rename) (parent model|related model|event model|relationship|model) (\S.*)$/

function namesIn(subject: string): string[] {
  const single = SINGLE.exec(subject)
  if (!single) return []
  const rest = (single[3] ?? '').split('; ')[0] ?? ''
  if (/^rename/i.test(subject))
    return / to (.*)$/.exec(rest)?.[1] ? [/ to (.*)$/.exec(rest)?.[1] ?? ''] : [rest]
  return [rest.replace(/: .*$/, '')]
}

function isNamed(name: string, touched: readonly (Change & { readonly ref: FileRef })[]): boolean {
  return touched.some(({ path, ref, before, after }) => {
    const names = [before, after].map((text) => text && valueIn(path, ref, text)?.name)
    return ref.slug === name || names.some((one) => typeof one === 'string' && one.trim() === name)
  })
}
