import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ByteReader } from './byte-reader.ts'

async function* chunks(bytes: Buffer, sizes: readonly number[]): AsyncGenerator<Buffer> {
  let at = 0
  for (const size of sizes) {
    if (at >= bytes.length) return
    yield bytes.subarray(at, at + size)
    at += size
  }
  if (at < bytes.length) yield bytes.subarray(at)
}

describe('ByteReader', () => {
  it('[S13] gives the same lines and bytes whatever the chunks', async () => {
    const content = fc.uint8Array({ maxLength: 40 })
    await fc.assert(
      fc.asyncProperty(
        fc.array(content),
        fc.array(fc.integer({ min: 1, max: 9 })),
        async (contents, sizes) => {
          const stream = Buffer.concat(
            contents.map((bytes) => Buffer.concat([Buffer.from(`${bytes.length}\n`), bytes])),
          )
          const reader = new ByteReader(chunks(stream, sizes))
          for (const bytes of contents) {
            expect(await reader.line()).toBe(String(bytes.length))
            expect(await reader.bytes(bytes.length)).toEqual(Buffer.from(bytes))
          }
          expect(await reader.line()).toBeNull()
          expect(await reader.bytes(1)).toBeNull()
        },
      ),
    )
  })
})
