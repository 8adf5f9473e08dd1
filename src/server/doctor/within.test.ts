import { expect, it } from 'vitest'
import { within } from './within.ts'

const never = new AbortController().signal

it('[S27] gives what came in time, and the failure of what failed', async () => {
  expect(await within(60_000, never, async () => 'here')).toBe('here')
  await expect(within(60_000, never, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
})

it('[S27] gives up on what does not listen, and tells what does', async () => {
  let told = false
  const deaf = within(10, never, (signal) => {
    signal.addEventListener('abort', () => {
      told = true
    })
    return new Promise<string>(() => {})
  })
  expect([await deaf, told]).toEqual([{ kind: 'timed-out', seconds: 0.01 }, true])
})

it('[S27] ends when nobody waits for it any more', async () => {
  const asker = new AbortController()
  const asked = within(60_000, asker.signal, () => new Promise<string>(() => {}))
  asker.abort(new Error('gone'))
  await expect(asked).rejects.toThrow('gone')
})
