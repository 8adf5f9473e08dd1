import { type ChildProcess, spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { plainGitEnvironment } from '../git-bare.ts'

export type CommitInfo = {
  readonly oid: string
  readonly tree: string
  readonly parents: readonly string[]
  readonly committer: string
  readonly subject: string
}

/** Reads a bare repository by one `cat-file --batch` that stays, so that looking at every commit costs no process. */
export class GitObjects {
  readonly #dir: string
  readonly #child: ChildProcess
  #buffer: Buffer = Buffer.alloc(0)
  #wake: () => void = () => {}
  #ended = false
  #turn: Promise<unknown> = Promise.resolve()
  readonly #cache = new Map<string, Buffer>()

  constructor(dir: string) {
    this.#dir = dir
    this.#child = spawn('git', ['cat-file', '--batch'], {
      cwd: dir,
      env: plainGitEnvironment(),
      stdio: ['pipe', 'pipe', 'ignore'],
    })
    this.#child.stdout?.on('data', (chunk: Buffer) => {
      this.#buffer = Buffer.concat([this.#buffer, chunk])
      this.#wake()
    })
    this.#child.on('close', () => {
      this.#ended = true
      this.#wake()
    })
  }

  close(): void {
    this.#child.stdin?.end()
  }

  /** The commit that the branch is at; null when there is no branch. */
  async head(branch = 'main'): Promise<string | null> {
    const loose = await readFile(join(this.#dir, 'refs/heads', branch), 'utf8').catch(() => null)
    if (loose !== null) return loose.trim()
    const packed = await readFile(join(this.#dir, 'packed-refs'), 'utf8').catch(() => '')
    return new RegExp(`^([0-9a-f]{40}) refs/heads/${branch}$`, 'm').exec(packed)?.[1] ?? null
  }

  async commit(oid: string): Promise<CommitInfo> {
    const text = (await this.#read(oid)).toString('utf8')
    const [head = '', ...body] = text.split('\n\n')
    const field = (name: string) =>
      [...head.matchAll(new RegExp(`^${name} (.*)$`, 'gm'))].map((m) => m[1] ?? '')
    return {
      oid,
      tree: field('tree')[0] ?? '',
      parents: field('parent'),
      committer: (field('committer')[0] ?? '').replace(/ <.*$/, ''),
      subject: (body.join('\n\n').split('\n')[0] ?? '').trim(),
    }
  }

  /** Every file of a commit: path → blob. */
  async files(commit: string | null): Promise<Map<string, string>> {
    const files = new Map<string, string>()
    if (commit !== null) await this.#walk((await this.commit(commit)).tree, '', files)
    return files
  }

  async text(blob: string): Promise<string> {
    return (await this.#read(blob)).toString('utf8')
  }

  /** Every file of a commit with its text. */
  async texts(commit: string | null): Promise<Map<string, string>> {
    const texts = new Map<string, string>()
    for (const [path, blob] of await this.files(commit)) texts.set(path, await this.text(blob))
    return texts
  }

  async #walk(tree: string, folder: string, files: Map<string, string>): Promise<void> {
    const bytes = await this.#read(tree)
    for (let at = 0; at < bytes.length; ) {
      const space = bytes.indexOf(0x20, at)
      const zero = bytes.indexOf(0, space)
      const path = folder + bytes.subarray(space + 1, zero).toString('utf8')
      const oid = bytes.subarray(zero + 1, zero + 21).toString('hex')
      if (bytes.subarray(at, space).toString() === '40000') await this.#walk(oid, `${path}/`, files)
      else files.set(path, oid)
      at = zero + 21
    }
  }

  async #read(oid: string): Promise<Buffer> {
    const known = this.#cache.get(oid)
    if (known) return known
    const turn = this.#turn.then(() => this.#ask(oid))
    this.#turn = turn.catch(() => {})
    const bytes = await turn
    this.#cache.set(oid, bytes)
    return bytes
  }

  async #ask(oid: string): Promise<Buffer> {
    this.#child.stdin?.write(`${oid}\n`)
    const line = (await this.#take((buffer) => buffer.indexOf(0x0a) + 1)).toString('utf8')
    const size = /^[0-9a-f]+ \w+ (\d+)\n$/.exec(line)?.[1]
    if (size === undefined) throw new Error(`git has no ${line.trim()}`)
    const length = Number(size) + 1
    return (await this.#take((buffer) => (buffer.length >= length ? length : 0))).subarray(0, -1)
  }

  /** The first bytes of what git has printed, once `length` says how many they are. */
  async #take(length: (buffer: Buffer) => number): Promise<Buffer> {
    for (;;) {
      const n = length(this.#buffer)
      if (n > 0) {
        const taken = this.#buffer.subarray(0, n)
        this.#buffer = this.#buffer.subarray(n)
        return taken
      }
      if (this.#ended) throw new Error('git cat-file has ended')
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }
}
