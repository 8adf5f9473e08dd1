import type { Kind } from '../core/model/kind.ts'

/** Every URL of the page in one list; the routes are in router.tsx. */
const SECTION: Readonly<Record<Kind, string>> = {
  'parent-models': 'schema/parent-models',
  'related-models': 'schema/related-models',
  'event-models': 'schema/event-models',
  'model-relationships': 'schema/model-relationships',
  models: 'models',
  syncs: 'syncs',
  sources: 'sources',
  destinations: 'destinations',
  // Contracts have no page of their own: the schema is where a reader finds what is near.
  'event-contracts': 'schema',
  'contract-events': 'schema',
}

const at = (ws: string, ...parts: string[]) => `/${[ws, ...parts].map(encodeURIComponent).join('/')}`

export const paths = {
  signIn: '/sign-in',
  home: '/',
  schema: (ws: string) => at(ws, 'schema'),
  list: (ws: string, kind: Kind) => `${at(ws)}/${SECTION[kind].split('/')[0] ?? 'schema'}`,
  resource: (ws: string, kind: Kind, slug: string) =>
    `${at(ws)}/${SECTION[kind]}/${encodeURIComponent(slug)}`,
  /** A slug may be `new` too, so the form of a new one stands beside the slugs, not among them. */
  create: (ws: string, kind: Kind) => `${at(ws)}/new/${kind}`,
  deleted: (ws: string) => at(ws, 'deleted'),
  git: (ws: string) => at(ws, 'git'),
  connect: (ws: string) => at(ws, 'git', 'connect'),
  runs: (ws: string) => at(ws, 'git', 'runs'),
  run: (ws: string, id: string) => at(ws, 'git', 'runs', id),
  conflicts: (ws: string) => at(ws, 'git', 'conflicts'),
  conflict: (ws: string, kind: Kind, slug: string) => at(ws, 'git', 'conflicts', kind, slug),
  history: (ws: string) => at(ws, 'git', 'history'),
  version: (ws: string, commit: string) => at(ws, 'git', 'history', commit),
  compare: (ws: string) => at(ws, 'git', 'compare'),
  environments: (ws: string) => at(ws, 'git', 'environments'),
  compareEnvironments: (ws: string) => at(ws, 'git', 'environments', 'compare'),
  aliases: (ws: string) => at(ws, 'git', 'environments', 'aliases'),
  promote: (ws: string) => at(ws, 'git', 'environments', 'promote'),
  checklist: (ws: string) => at(ws, 'git', 'checklist'),
  members: (ws: string) => at(ws, 'settings', 'members'),
  apiKeys: (ws: string) => at(ws, 'settings', 'api-keys'),
  audit: (ws: string) => at(ws, 'settings', 'audit'),
} as const
