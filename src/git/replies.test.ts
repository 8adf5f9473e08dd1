import { expect, it } from 'vitest'
import { Replies } from './replies.ts'

it('gives lines as they become whole, however they were cut', async () => {
  const replies = new Replies()
  const first = replies.next(2)
  for (const piece of ['on', 'e\ntw', 'o\nthree\nfo']) replies.push(Buffer.from(piece))
  expect([await first, await replies.next(1)]).toEqual([['one', 'two'], ['three']])
})

it('rejects when git ends before it has answered', async () => {
  const replies = new Replies()
  const waiting = replies.next(1)
  replies.push(Buffer.from('half'))
  replies.end()
  await expect(waiting).rejects.toThrow('git ended before it had answered')
})
