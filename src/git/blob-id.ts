import { createHash } from 'node:crypto'
import { byteLength } from './hostile-text.ts'

/** The id that git gives a content: tells without asking git whether a file holds this very text. */
export function blobId(text: string): string {
  return createHash('sha1')
    .update(`blob ${byteLength(text)}\0`)
    .update(text)
    .digest('hex')
}
