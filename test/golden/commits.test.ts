import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FIXTURES } from '../support/fixtures.ts'
import { programEnvironment } from '../support/program-environment.ts'

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
const ENV = {
  ...programEnvironment(),
  HOME: '/nonexistent',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Ann',
  GIT_AUTHOR_EMAIL: 'ann@example.com',
  GIT_COMMITTER_NAME: 'Ann',
  GIT_COMMITTER_EMAIL: 'ann@example.com',
  NO_COLOR: '1',
}
let folder: string
let repository: string

function git(...args: string[]): string {
  return execFileSync('git', ['-C', repository, ...args], { env: ENV, encoding: 'utf8' })
}

function commit(message: string): void {
  git('add', '-A')
  git('commit', '-q', '-m', message)
}

function tandem(args: readonly string[], cwd = repository): { code: number; stdout: string } {
  try {
    const stdout = execFileSync(process.execPath, [MAIN, ...args], {
      cwd,
      env: ENV,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    return { code: 0, stdout }
  } catch (error) {
    // what execFileSync throws for a program that ended with a code
    const { status, stdout } = error as { status: number; stdout: string }
    return { code: status, stdout }
  }
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-commits-'))
  repository = join(folder, 'work')
  mkdirSync(repository)
  git('init', '-q', '-b', 'main')
  cpSync(join(FIXTURES, 'plant-store'), join(repository, 'schema-repo'), { recursive: true })
  symlinkSync('../manifest-staging.yaml', join(repository, 'schema-repo/models/link.yaml'))
  commit('Begin')
  writeFileSync(join(repository, 'schema-repo/models/née 🌱.yaml'), 'name: [\n')
  commit('Break')
  rmSync(join(repository, 'schema-repo/models/née 🌱.yaml'))
  const model = join(repository, 'schema-repo/schema/related-models')
  writeFileSync(
    join(model, 'purchases.yaml'),
    'name: Purchases\nsource: main-database\ntype: table\ntableName: PUBLIC.ORDERS\n',
  )
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

describe('a commit instead of a folder', () => {
  it('[C2] validate --ref reads the commit, not the files', () => {
    expect(JSON.parse(tandem(['validate', 'schema-repo', '--ref', 'HEAD~1', '--json']).stdout)).toEqual({
      files: 28,
      resources: 24,
      diagnostics: [],
    })
    const broken = tandem(['validate', '.', '--ref', 'main', '--json'], join(repository, 'schema-repo'))
    expect(broken.code).toBe(1)
    expect(JSON.parse(broken.stdout).diagnostics).toMatchObject([
      { file: 'models/née 🌱.yaml', line: 1, code: 'yaml-syntax' },
    ])
    expect(tandem(['validate', 'schema-repo']).code).toBe(0)
  })

  it('[C2] [Z1] a commit that is none ends with 2, also one that looks like an option', () => {
    for (const ref of ['nowhere', '--help', '-x', 'main^{tree}', '']) {
      expect(tandem(['validate', 'schema-repo', `--ref=${ref}`]).code).toBe(2)
    }
  })

  it('[C4] diff takes an existing folder, else a commit', () => {
    const here = join(repository, 'schema-repo')
    expect(tandem(['diff', 'HEAD~1', 'HEAD~1', '--json'], here)).toEqual({
      code: 0,
      stdout: '{\n  "changes": []\n}\n',
    })
    const { code, stdout } = tandem(['diff', 'HEAD~1', '.', '--json'], here)
    expect({ code, changes: JSON.parse(stdout).changes }).toEqual({
      code: 1,
      changes: [
        {
          kind: 'related-models',
          slug: 'purchases',
          change: 'changed',
          fields: [{ path: '/tableName', before: 'PUBLIC.PURCHASES', after: 'PUBLIC.ORDERS' }],
        },
      ],
    })
  })

  it('[C2] works in a worktree and in a bare repository', () => {
    git('worktree', 'add', '-q', join(folder, 'tree'), 'HEAD~1')
    expect(tandem(['validate', 'schema-repo', '--ref', 'HEAD'], join(folder, 'tree')).code).toBe(0)
    git('clone', '-q', '--bare', repository, join(folder, 'bare.git'))
    expect(tandem(['diff', 'main', 'main'], join(folder, 'bare.git')).code).toBe(0)
  })
})
