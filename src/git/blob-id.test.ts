import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { blobId } from './blob-id.ts'

it.each(['', 'name: A\n', 'é😀\n', 'a\0b'])('[S13] names %j as git does', (text) => {
  const git = execFileSync('git', ['hash-object', '--stdin'], { input: text, encoding: 'utf8' })
  expect(blobId(text)).toBe(git.trim())
})
