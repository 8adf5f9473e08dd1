/** The plural names that the API, the CLI and the plan use for every kind of resource. */
export const KINDS = [
  'sources',
  'destinations',
  'models',
  'parent-models',
  'related-models',
  'event-models',
  'model-relationships',
  'syncs',
  'event-contracts',
  'contract-events',
] as const
export type Kind = (typeof KINDS)[number]

/** Kinds that live in the manifest only: the workspace owns them, files merely name them. */
export const CONNECTION_KINDS = ['sources', 'destinations'] as const satisfies readonly Kind[]
export type ConnectionKind = (typeof CONNECTION_KINDS)[number]

/** Kinds of which every resource is one YAML file. */
export type FileKind = Exclude<Kind, ConnectionKind>
export const FILE_KINDS = KINDS.filter((kind): kind is FileKind => !isConnectionKind(kind))

/** The kinds of the customer schema: what a relationship may join (F21). */
export const SCHEMA_MODEL_KINDS = [
  'parent-models',
  'related-models',
  'event-models',
] as const satisfies readonly FileKind[]
export type SchemaModelKind = (typeof SCHEMA_MODEL_KINDS)[number]

/** What a sync may read, a general model first (F21). */
export const MODEL_KINDS = ['models', ...SCHEMA_MODEL_KINDS] as const satisfies readonly FileKind[]
export type ModelKind = (typeof MODEL_KINDS)[number]

/** The folder of each kind, relative to the connection's path. Contract events lie one folder deeper. */
export const KIND_FOLDERS: Readonly<Record<FileKind, string>> = {
  models: 'models',
  'parent-models': 'schema/parent-models',
  'related-models': 'schema/related-models',
  'event-models': 'schema/event-models',
  'model-relationships': 'schema/model-relationships',
  syncs: 'syncs',
  'event-contracts': 'events/contracts',
  'contract-events': 'events/contracts',
}

/** Where files of resources lie; manifest, alias files and everybody else's files do not. */
export const SCHEMA_FOLDERS: readonly string[] = [...new Set(Object.values(KIND_FOLDERS))].map(
  (folder) => `${folder}/`,
)

/** The kind in words, for messages: `there is no parent model "users"`. */
export const KIND_WORDS: Readonly<Record<Kind, string>> = {
  sources: 'source',
  destinations: 'destination',
  models: 'model',
  'parent-models': 'parent model',
  'related-models': 'related model',
  'event-models': 'event model',
  'model-relationships': 'relationship',
  syncs: 'sync',
  'event-contracts': 'event contract',
  'contract-events': 'contract event',
}

export function isKind(value: string): value is Kind {
  return (KINDS as readonly string[]).includes(value)
}

export function isConnectionKind(kind: Kind): kind is ConnectionKind {
  return kind === 'sources' || kind === 'destinations'
}

export function isFileKind(kind: Kind): kind is FileKind {
  return !isConnectionKind(kind)
}

export function isModelKind(kind: Kind): kind is ModelKind {
  return (MODEL_KINDS as readonly Kind[]).includes(kind)
}

export function isSchemaModelKind(kind: Kind): kind is SchemaModelKind {
  return (SCHEMA_MODEL_KINDS as readonly Kind[]).includes(kind)
}
