import { withoutControls } from './hostile-text.ts'

const STARS = '***'
const URL_WITH_USER = /\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi
const AUTHORIZATION = /(authorization:\s*(?:basic|bearer|token)\s+)\S+/gi

/** Git's and the remote's words, fit to be shown: without secrets (Z4) and without escape codes (Z10). */
export function scrub(text: string, secrets: readonly string[]): string {
  const hidden = secrets
    .filter((secret) => secret !== '')
    .toSorted((a, b) => b.length - a.length)
    .reduce((rest, secret) => rest.replaceAll(secret, STARS), text)
  const clean = withoutControls(hidden)
  return clean.replace(URL_WITH_USER, `$1${STARS}@`).replace(AUTHORIZATION, `$1${STARS}`)
}
