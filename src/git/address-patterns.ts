import { isIP } from 'node:net'

/** An address, or a range of them as `10.0.0.0/8`. */
export function isRange(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/')
  const bits = isIP(address) === 6 ? 128 : 32
  if (isIP(address) === 0 || rest.length > 0) return false
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits)
}

/** A name, or `*.example.com` for every name below one. */
export function isHostPattern(text: string): boolean {
  return /^(\*\.)?[\p{L}\p{N}_-]+(\.[\p{L}\p{N}_-]+)*$/u.test(text) && !/^[\d.]+$/.test(text)
}
