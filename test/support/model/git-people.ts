import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { plainGitEnvironment } from '../git-bare.ts'

/** A file's new text; null takes it out. */
export type FileEdits = ReadonlyMap<string, string | null>

/**
 * A commit that somebody pushes, made by one process in the bare repository itself. False: the branch has moved
 * since `parent`, as when a push is refused because it is behind.
 */
export async function pushAs(
  dir: string,
  person: string,
  parent: string | null,
  edits: FileEdits,
  options: { readonly message?: string; readonly force?: boolean; readonly root?: boolean } = {},
): Promise<boolean> {
  const who = `${person} <${person.toLowerCase()}@example.com> 1750000000 +0000`
  const lines: (string | Buffer)[] = [`commit refs/heads/main\nauthor ${who}\ncommitter ${who}\n`]
  lines.push(data(options.message ?? `${person} pushes`))
  if (parent !== null && !options.root) lines.push(`from ${parent}\n`)
  if (options.root) lines.push('deleteall\n')
  for (const [path, text] of edits) {
    if (text === null) lines.push(`D ${path}\n`)
    else lines.push(`M 100644 inline ${path}\n`, data(text))
  }
  lines.push('\n')
  const args = ['fast-import', '--quiet', ...(options.force ? ['--force'] : [])]
  const child = spawn('git', args, {
    cwd: dir,
    env: plainGitEnvironment(),
    stdio: ['pipe', 'ignore', 'pipe'],
  })
  child.stderr.resume()
  child.stdin.on('error', () => {})
  child.stdin.end(Buffer.concat(lines.map((line) => Buffer.from(line))))
  const [code] = await once(child, 'close')
  return code === 0
}

function data(text: string): Buffer {
  const bytes = Buffer.from(text)
  return Buffer.concat([Buffer.from(`data ${bytes.length}\n`), bytes, Buffer.from('\n')])
}
