import { isKind, KIND_WORDS } from '../../core/model/kind.ts'
import { sentence } from '../words/count.ts'

const SECTIONS: Readonly<Record<string, string>> = {
  schema: 'Schema',
  models: 'Models',
  syncs: 'Syncs',
  sources: 'Sources',
  destinations: 'Destinations',
  git: 'Version control',
  connect: 'Connect',
  runs: 'Runs',
  conflicts: 'Conflicts',
  deleted: 'Deleted',
  history: 'History',
  compare: 'Compare',
  environments: 'Environments',
  promote: 'Promote',
  aliases: 'Aliases',
  checklist: 'Checklist',
  settings: 'Settings',
  members: 'Members',
  'api-keys': 'API keys',
  audit: 'Audit log',
}
/** Parts of a URL that are no page by themselves. */
const WITHOUT_PAGE = new Set([
  'settings',
  'new',
  'parent-models',
  'related-models',
  'event-models',
  'model-relationships',
])

export type Crumb = { readonly label: string; readonly to: string | null; readonly mono: boolean }

export function crumbsOf(pathname: string): readonly Crumb[] {
  const [ws = '', ...parts] = pathname.split('/').filter(Boolean).map(decodeURIComponent)
  return parts.flatMap((part, i): Crumb[] => {
    const known = Object.hasOwn(SECTIONS, part) && (i === 0 || parts[0] === 'git' || parts[0] === 'settings')
    const to = WITHOUT_PAGE.has(part)
      ? null
      : `/${[ws, ...parts.slice(0, i + 1)].map(encodeURIComponent).join('/')}`
    if (i === 2 && parts[1] === 'conflicts' && isKind(part))
      return [{ label: sentence(KIND_WORDS[part]), to: null, mono: false }]
    if (known) return [{ label: SECTIONS[part] ?? part, to, mono: false }]
    if (part === 'new' && i === 0) return []
    if (i === 1 && parts[0] === 'new' && isKind(part))
      return [{ label: `New ${KIND_WORDS[part]}`, to: null, mono: false }]
    if (i === 1 && parts[0] === 'schema' && isKind(part))
      return [{ label: sentence(KIND_WORDS[part]), to: null, mono: false }]
    if (parts[0] === 'git' && parts[1] === 'runs') return [{ label: part.slice(0, 8), to, mono: true }]
    if (parts[0] === 'git' && parts[1] === 'history') return [{ label: part.slice(0, 7), to, mono: true }]
    return [{ label: part, to, mono: true }]
  })
}
