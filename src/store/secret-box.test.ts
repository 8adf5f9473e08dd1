import { expect, it } from 'vitest'
import { deriveKey, open, SecretBoxError, seal } from './secret-box.ts'

const key = deriveKey('a key of the test that is long enough')

it('[Z4] a sealed secret opens in its workspace with its key', () => {
  const box = seal(key, 'w1', 'päss wörd')
  expect(open(key, 'w1', box)).toBe('päss wörd')
  expect(box.toString('latin1')).not.toContain('wörd')
  expect(seal(key, 'w1', 'päss wörd').equals(box)).toBe(false)
})

it('[Z4] a secret of another workspace, of another key or changed by a bit does not open', () => {
  const box = seal(key, 'w1', 'secret')
  const changed = Buffer.from(box)
  changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1
  expect(() => open(key, 'w2', box)).toThrow(SecretBoxError)
  expect(() => open(deriveKey('another key of the test'), 'w1', box)).toThrow(SecretBoxError)
  expect(() => open(key, 'w1', changed)).toThrow(SecretBoxError)
  expect(() => open(key, 'w1', box.subarray(0, 8))).toThrow(SecretBoxError)
})
