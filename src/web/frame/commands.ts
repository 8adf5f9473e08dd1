import { KIND_WORDS, type Kind } from '../../core/model/kind.ts'
import { paths } from '../paths.ts'
import { sentence } from '../words/count.ts'
import type { Rights } from './use-workspace.ts'

export type Command = {
  readonly id: string
  readonly label: string
  readonly detail: string
  readonly kind: Kind | null
  readonly to: string
}

const CREATED: readonly Kind[] = [
  'parent-models',
  'related-models',
  'event-models',
  'model-relationships',
  'models',
  'syncs',
  'sources',
  'destinations',
]

/** What the search offers beside the resources: every page, and a new one of every kind. */
export function commandsOf(ws: string, rights: Rights): readonly Command[] {
  const page = (label: string, to: string): Command => ({
    id: `page:${label}`,
    label,
    detail: 'Page',
    kind: null,
    to,
  })
  const pages = [
    page('Schema', paths.schema(ws)),
    page('Models', paths.list(ws, 'models')),
    page('Syncs', paths.list(ws, 'syncs')),
    page('Sources', paths.list(ws, 'sources')),
    page('Destinations', paths.list(ws, 'destinations')),
    page('Version control overview', paths.git(ws)),
    page('Runs', paths.runs(ws)),
    page('Conflicts', paths.conflicts(ws)),
    page('Deleted', paths.deleted(ws)),
    page('History', paths.history(ws)),
    page('Environments', paths.environments(ws)),
    page('Checklist', paths.checklist(ws)),
    page('Connect Git', paths.connect(ws)),
    page('Members', paths.members(ws)),
    page('API keys', paths.apiKeys(ws)),
    page('Audit log', paths.audit(ws)),
  ]
  const create = CREATED.map(
    (kind): Command => ({
      id: `new:${kind}`,
      label: `New ${KIND_WORDS[kind]}`,
      detail: 'Command',
      kind,
      to: paths.create(ws, kind),
    }),
  )
  return [...pages, ...(rights.edit ? create : [])]
}

export function resourceCommand(ws: string, kind: Kind, slug: string, name: string): Command {
  return {
    id: `${kind}:${slug}`,
    label: name,
    detail: `${sentence(KIND_WORDS[kind])} · ${slug}`,
    kind,
    to: paths.resource(ws, kind, slug),
  }
}

/** The best matches first: at the start of the label, at the start of a word, anywhere. */
export function matching(commands: readonly Command[], typed: string, most: number): readonly Command[] {
  const wanted = typed.trim().toLowerCase()
  if (wanted === '') return commands.slice(0, most)
  const rank = (command: Command) => {
    const label = command.label.toLowerCase()
    if (label.startsWith(wanted)) return 0
    if (label.includes(` ${wanted}`)) return 1
    if (label.includes(wanted)) return 2
    return command.detail.toLowerCase().includes(wanted) ? 3 : -1
  }
  return commands
    .map((command) => ({ command, rank: rank(command) }))
    .filter((one) => one.rank >= 0)
    .sort((a, b) => a.rank - b.rank)
    .slice(0, most)
    .map((one) => one.command)
}
