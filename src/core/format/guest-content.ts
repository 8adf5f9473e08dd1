import { QUERY_KEYS } from '../model/fields.ts'
import type { JsonObject } from '../model/json.ts'
import { type FileKind, isModelKind } from '../model/kind.ts'

/** Top-level keys of a dbt project's files (F4). */
const DBT_KEYS: ReadonlySet<string> = new Set([
  'version',
  'models',
  'sources',
  'seeds',
  'snapshots',
  'exposures',
  'macros',
  'metrics',
  'semantic_models',
  'saved_queries',
  'unit_tests',
  'groups',
  'analyses',
])
const MODEL_KEYS: readonly string[] = ['source', 'type', ...QUERY_KEYS]

const LFS_POINTER = /^version https:\/\/git-lfs\.github\.com\/spec\//

export function isLfsPointer(text: string): boolean {
  return LFS_POINTER.test(text)
}

/** F4: among the models, a mapping that has a dbt key and nothing that makes it a model. */
export function isDbtFile(kind: FileKind, value: JsonObject): boolean {
  return isModelKind(kind) && looksLikeDbt(Object.keys(value))
}

const TOP_LEVEL_KEY = /^["']?([A-Za-z_]\w*)["']?[ \t]*:/gm

/** The same for a file that cannot be parsed or is too large: judged by the keys at the beginning of its lines. */
export function isDbtText(kind: FileKind, text: string): boolean {
  return isModelKind(kind) && looksLikeDbt([...text.matchAll(TOP_LEVEL_KEY)].map((match) => match[1] ?? ''))
}

function looksLikeDbt(keys: readonly string[]): boolean {
  return keys.some((key) => DBT_KEYS.has(key)) && !keys.some((key) => MODEL_KEYS.includes(key))
}
