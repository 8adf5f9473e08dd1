import { describe, expect, it } from 'vitest'
import { fastImportStream } from './fast-import-stream.ts'

const ann = { name: 'Ann', email: 'ann@example.com', at: new Date(1_000) }

describe('fastImportStream', () => {
  it('[S7] stacks commits on the parent and asks for every id', () => {
    const stream = fastImportStream('refs/tandem/outgoing', 'a'.repeat(40), [
      {
        mark: 2,
        message: 'One\n',
        author: ann,
        committer: ann,
        blobs: [{ mark: 1, text: 'é\n' }],
        deletions: ['old.yaml'],
        files: [{ path: 'a "b"\\c.yaml', mode: '100755', content: { mark: 1 } }],
      },
      {
        mark: 3,
        message: 'Two\n',
        author: ann,
        committer: ann,
        blobs: [],
        deletions: [],
        files: [{ path: 'd', mode: '100644', content: { oid: 'b'.repeat(40) } }],
      },
    ])
    expect([...stream].join('')).toBe(`blob
mark :1
data 3
é

commit refs/tandem/outgoing
mark :2
author Ann <ann@example.com> 1 +0000
committer Ann <ann@example.com> 1 +0000
data 4
One

from ${'a'.repeat(40)}
D "old.yaml"
M 100755 :1 "a \\"b\\"\\\\c.yaml"

get-mark :2
get-mark :1
commit refs/tandem/outgoing
mark :3
author Ann <ann@example.com> 1 +0000
committer Ann <ann@example.com> 1 +0000
data 4
Two

from :2
M 100644 ${'b'.repeat(40)} "d"

get-mark :3
done
`)
  })

  it('[Z10] counts what people wrote, so that no text of theirs is a command', () => {
    const text = 'x\ncommit refs/heads/main\n'
    const stream = fastImportStream('refs/tandem/outgoing', null, [
      {
        mark: 2,
        message: text,
        author: ann,
        committer: ann,
        blobs: [{ mark: 1, text }],
        deletions: [],
        files: [],
      },
    ])
    expect([...stream].filter((part) => part.includes('refs/heads/main'))).toEqual([
      `blob\nmark :1\ndata 25\n${text}\n`,
      `data 25\n${text}\n`,
    ])
  })
})
