import { existsSync, realpathSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import { isFileMode } from '../core/format/classify.ts'
import type { RepositoryFile } from '../core/lint/repository.ts'
import { type GitCommand, runGit } from '../git/command.ts'
import { CliError, EXIT } from './exit.ts'
import { decodeUtf8 } from './read-folder.ts'

const TIMEOUT_MS = 60_000
const MOST_BYTES = 1024 ** 3
const YAML = /\.ya?ml$/

/** The YAML files that a folder has at a commit, read from the repository around it: nothing is checked out. */
export async function readCommit(dir: string, ref: string): Promise<RepositoryFile[]> {
  const repository = await findRepository(dir)
  if (repository === null) {
    throw new CliError(
      EXIT.usage,
      `\`${dir}\` is not inside a Git repository.`,
      'Leave out the commit to read the folder as it is.',
    )
  }
  const commit = await resolveCommit(repository.gitDir, ref)
  if (commit === null)
    throw new CliError(
      EXIT.usage,
      `There is no commit \`${ref}\` here.`,
      'Name a commit, branch or tag of this repository.',
    )
  return readTree(repository, commit)
}

/** The same for one side of a comparison: null when the text names no commit of the repository around `dir`. */
export async function tryReadCommit(dir: string, ref: string): Promise<RepositoryFile[] | null> {
  const repository = await findRepository(dir)
  const commit = repository === null ? null : await resolveCommit(repository.gitDir, ref)
  return repository === null || commit === null ? null : readTree(repository, commit)
}

type Repository = { readonly gitDir: string; readonly prefix: string }

/** Git is started outside of every folder and told where to look, so its own search is done here. */
async function findRepository(dir: string): Promise<Repository | null> {
  let top = resolve(dir)
  while (!existsSync(top) && dirname(top) !== top) top = dirname(top)
  const wanted = join(realpathSync(top), relative(top, resolve(dir)))
  for (let folder = realpathSync(top); ; folder = dirname(folder)) {
    const gitDir = await gitDirOf(folder)
    if (gitDir !== null)
      return { gitDir, prefix: gitDir === folder ? '' : relative(folder, wanted).replaceAll('\\', '/') }
    if (dirname(folder) === folder) return null
  }
}

/** `.git`, the folder that a worktree's `.git` file names, or the folder itself when it is a bare repository. */
async function gitDirOf(folder: string): Promise<string | null> {
  const path = join(folder, '.git')
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat?.isDirectory()) return path
  if (stat?.isFile()) {
    const target = /^gitdir: (.+)/.exec(await readFile(path, 'utf8'))?.[1]
    return target === undefined ? null : resolve(folder, target.trim())
  }
  const isBare =
    existsSync(join(folder, 'HEAD')) &&
    existsSync(join(folder, 'objects')) &&
    existsSync(join(folder, 'refs'))
  return isBare ? folder : null
}

async function resolveCommit(gitDir: string, ref: string): Promise<string | null> {
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]
  const { code, stdout } = await runGit({ gitDir, args, timeoutMs: TIMEOUT_MS })
  return code === 0 ? stdout.toString('utf8').trim() : null
}

/** Symbolic links and submodules are left out by their mode (F4). */
async function readTree({ gitDir, prefix }: Repository, commit: string): Promise<RepositoryFile[]> {
  const listing = await git({
    gitDir,
    args: ['ls-tree', '-r', '-z', '--full-tree', commit, '--', ...(prefix === '' ? [] : [`${prefix}/`])],
    timeoutMs: TIMEOUT_MS,
  })
  const entries = listing
    .toString('utf8')
    .split('\0')
    .flatMap((line) => {
      const [, mode = '', , oid = '', path = ''] = /^(\S+) (\S+) (\S+)\t([\s\S]*)$/.exec(line) ?? []
      if (!isFileMode(mode) || !YAML.test(path)) return []
      return [{ oid, path: prefix === '' ? path : path.slice(prefix.length + 1) }]
    })
  if (entries.length === 0) return []
  const args = ['cat-file', '--batch', '--buffer']
  const input = entries.map(({ oid }) => `${oid}\n`)
  const bytes = await git({ gitDir, args, input, timeoutMs: TIMEOUT_MS, maxOutputBytes: MOST_BYTES })
  const texts = readBatch(bytes)
  const files = entries.map(({ path }, i) => ({ path, text: texts[i] ?? null }))
  return files.sort((a, b) => (a.path < b.path ? -1 : 1))
}

async function git(command: GitCommand): Promise<Buffer> {
  const { code, stdout, stderr } = await runGit(command)
  if (code !== 0) throw new CliError(EXIT.refused, `Git could not read the commit: ${stderr.trim()}.`)
  return stdout
}

/** `<oid> blob <size>`, a line end, the bytes, a line end; in the order of the questions. */
function readBatch(bytes: Buffer): (string | null)[] {
  const texts: (string | null)[] = []
  let at = 0
  while (at < bytes.length) {
    const end = bytes.indexOf(0x0a, at)
    const size = Number(bytes.toString('latin1', at, end).split(' ')[2])
    if (!Number.isInteger(size))
      throw new CliError(
        EXIT.refused,
        'Git lacks a file of the commit.',
        'Fetch the whole history of the branch.',
      )
    texts.push(decodeUtf8(bytes.subarray(end + 1, end + 1 + size)))
    at = end + 1 + size + 1
  }
  return texts
}
