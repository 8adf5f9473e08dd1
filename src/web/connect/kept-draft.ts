import { type ConnectDraft, EMPTY_DRAFT } from './draft.ts'

const keyOf = (ws: string) => `tandem-connect-${ws}`
const KEPT = [
  'access',
  'username',
  'appId',
  'installationId',
  'knownHosts',
  'host',
  'apiUrl',
  'url',
  'branch',
  'path',
  'adopt',
  'pollSeconds',
] as const
const SWITCHES = ['approval', 'review'] as const

/** What was typed before the wizard was left, without its secrets. */
export function readKept(ws: string): ConnectDraft {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(keyOf(ws)) ?? '{}')
    if (typeof stored !== 'object' || stored === null) return EMPTY_DRAFT
    const texts = Object.fromEntries(
      Object.entries(stored).filter(
        ([key, value]) => KEPT.some((one) => one === key) && typeof value === 'string',
      ),
    )
    const isOn = (key: (typeof SWITCHES)[number]) => key in stored && Reflect.get(stored, key) === true
    return { ...EMPTY_DRAFT, ...texts, approval: isOn('approval'), review: isOn('review') }
  } catch {
    return EMPTY_DRAFT
  }
}

export function keep(ws: string, draft: ConnectDraft): void {
  try {
    sessionStorage.setItem(
      keyOf(ws),
      JSON.stringify(Object.fromEntries([...KEPT, ...SWITCHES].map((key) => [key, draft[key]]))),
    )
  } catch {
    // Storage is refused: what was typed lasts as long as the page.
  }
}

export function forget(ws: string): void {
  sessionStorage.removeItem(keyOf(ws))
}
