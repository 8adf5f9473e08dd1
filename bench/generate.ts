import { printResource } from '../src/core/format/print.ts'
import type { JsonObject } from '../src/core/model/json.ts'
import type { FileKind, SchemaModelKind } from '../src/core/model/kind.ts'
import { KIND_FOLDERS } from '../src/core/model/kind.ts'
import { type Random, seededRandom } from './random.ts'

export type BenchResource = {
  readonly kind: FileKind
  readonly slug: string
  readonly path: string
  readonly value: JsonObject
  /** The canonical text of the value: what Tandem writes, and what a person would commit by hand. */
  readonly text: string
}

export type BenchSize = { readonly models: number; readonly relationships: number; readonly seed?: number }

export const TEN_THOUSAND: BenchSize = { models: 8_000, relationships: 2_000 }
/** The source that every model reads from: it must be in the workspace first. */
export const BENCH_SOURCE = 'warehouse'

/** A little inside of the promised 1.6 to 1.8 kB. */
const MODEL_BYTES = { least: 1_630, most: 1_770 }

/**
 * A repository of the size that the claims are about: models of 1.6 to 1.8 kB with 12 to 15 columns and
 * random words, and relationships between them. The same seed gives the same bytes.
 */
export function* generateRepository(size: BenchSize): Iterable<BenchResource> {
  const random = seededRandom(size.seed ?? 1)
  for (let i = 0; i < size.models; i++) yield generateModel(random, i)
  for (let i = 0; i < size.relationships; i++) yield generateRelationship(random, i, size.models)
}

/** A model in four is a parent, a model in four an event, the others are related. */
function kindOf(index: number): SchemaModelKind {
  return index % 4 === 0 ? 'parent-models' : index % 4 === 1 ? 'event-models' : 'related-models'
}

function slugOf(index: number): string {
  return `model-${String(index).padStart(5, '0')}`
}

function generateModel(random: Random, index: number): BenchResource {
  const kind = kindOf(index)
  const columns = Array.from({ length: random.between(12, 15) }, (_, column) =>
    generateColumn(random, column),
  )
  const key = {
    'parent-models': 'primaryKey',
    'event-models': 'eventTimestampColumn',
    'related-models': null,
  }[kind]
  const value = (description: string): JsonObject => ({
    name: random.words(2),
    source: BENCH_SOURCE,
    description,
    type: 'table',
    tableName: `PUBLIC.${random.words(2).replaceAll(' ', '_').toUpperCase()}_${index}`,
    ...(key === null ? {} : { [key]: 'id' }),
    columns,
  })
  const short = value(random.words(4))
  // Folding a long text adds an indent to each line: about one character in thirty.
  const missing =
    (random.between(MODEL_BYTES.least, MODEL_BYTES.most) - printResource(kind, short).length) * 0.97
  return resource(kind, slugOf(index), {
    ...short,
    description: `${short.description} ${random.text(missing)}`,
  })
}

function generateColumn(random: Random, index: number): JsonObject {
  const name = index === 0 ? 'id' : `${random.words(1)}_${random.words(1)}_${index}`
  return {
    name,
    label: random.words(2),
    type: random.one(['STRING', 'NUMBER', 'BOOLEAN', 'TIMESTAMP']),
    description: random.words(3),
  }
}

/** From model i to one a little further on: every pair is another one, so every slug is. */
function generateRelationship(random: Random, index: number, models: number): BenchResource {
  const from = slugOf((index * 4) % models)
  const to = slugOf((index * 4 + 1 + (Math.floor((index * 4) / models) % (models - 1))) % models)
  return resource('model-relationships', `${from}-${to}`, {
    from: { relationshipName: random.words(2), slug: from, mergeColumns: false },
    to: { slug: to, mergeColumns: false },
    cardinality: random.one(['1:1', '1:many', 'many:1']),
    mapping: [{ fromColumn: 'id', toColumn: 'id' }],
  })
}

function resource(kind: FileKind, slug: string, value: JsonObject): BenchResource {
  return { kind, slug, path: `${KIND_FOLDERS[kind]}/${slug}.yaml`, value, text: printResource(kind, value) }
}
