import { spawn } from 'node:child_process'

/** The texts of objects, through one `git cat-file --batch`. */
export async function readObjects(dir: string, oids: readonly string[]): Promise<string[]> {
  const git = spawn('git', ['-C', dir, 'cat-file', '--batch', '--buffer'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  git.stdin.end(oids.map((oid) => `${oid}\n`).join(''))
  const chunks: Buffer[] = []
  for await (const chunk of git.stdout) chunks.push(chunk)
  const all = Buffer.concat(chunks)
  const texts: string[] = []
  for (let at = 0; at < all.length; ) {
    const end = all.indexOf(10, at)
    const size = Number(all.toString('utf8', at, end).split(' ')[2])
    texts.push(all.toString('utf8', end + 1, end + 1 + size))
    at = end + size + 2
  }
  return texts
}
