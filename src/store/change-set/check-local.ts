import type { Finding } from '../../core/model/diagnostic.ts'
import { isObject, own } from '../../core/model/json.ts'
import type { Kind } from '../../core/model/kind.ts'
import type { Value } from '../../core/model/resource.ts'

const SLUG_BYTES_MAX = 200

/** A slug becomes a file's name: what no file can be called, or what leaves its folder, is none. */
export function checkSlug(kind: Kind, slug: string): Finding[] {
  const parts = slug.split('/')
  const expected = kind === 'contract-events' ? 2 : 1
  const isName = parts.length === expected && parts.every(isFileName)
  if (isName) return []
  const shape = kind === 'contract-events' ? '`<contract>/<event>`' : 'one name without slashes'
  return [
    error(
      [],
      `The slug ${JSON.stringify(slug.slice(0, 80))} cannot be a file's name; expected ${shape}, at most ${SLUG_BYTES_MAX} bytes, without control characters`,
    ),
  ]
}

function isFileName(part: string): boolean {
  const ok = part.length > 0 && part !== '.' && part !== '..' && !part.includes('\\') && part.isWellFormed()
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  return ok && new TextEncoder().encode(part).length <= SLUG_BYTES_MAX && !/[\u0000-\u001f\u007f]/.test(part)
}

/** A source or destination: `{name?, type, config?}`. */
export function checkConnectionValue(value: Value): Finding[] {
  const findings: Finding[] = []
  const type = own(value, 'type')
  const name = own(value, 'name')
  const config = own(value, 'config')
  if (type === undefined) findings.push({ ...error([], 'The key `type` is missing'), code: 'missing-key' })
  else if (typeof type !== 'string' || type === '')
    findings.push(error(['type'], 'Expected the name of a type'))
  if (name !== undefined && typeof name !== 'string') findings.push(error(['name'], 'Expected text'))
  else if (name?.trim() === '')
    findings.push(error(['name'], 'The name is empty; without the key it goes by its slug'))
  if (config !== undefined && !isObject(config)) findings.push(error(['config'], 'Expected a mapping'))
  return findings
}

function error(path: Finding['path'], message: string): Finding {
  return { code: 'wrong-value', severity: 'error', message, hint: null, path, at: 'value' }
}
