import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FIXTURES } from '../support/fixtures.ts'
import { programEnvironment } from '../support/program-environment.ts'

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-cli-'))
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

type Result = { readonly code: number | null; readonly stdout: string; readonly stderr: string }

/** Microseconds of processor time, told at the end of the program. */
const TELL_TIME = `process.once('exit', () => {
  const { user, system } = process.cpuUsage()
  process.stderr.write('cpu ' + (user + system))
})`

function tandem(args: readonly string[], cwd = FIXTURES, nodeArgs: readonly string[] = []): Promise<Result> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...nodeArgs, MAIN, ...args], {
      cwd,
      env: programEnvironment(),
    })
    let [stdout, stderr] = ['', '']
    child.stdout.on('data', (data) => {
      stdout += data
    })
    child.stderr.on('data', (data) => {
      stderr += data
    })
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, stdout, stderr }))
  })
}

function write(files: Record<string, string | Uint8Array>): string {
  const dir = mkdtempSync(join(folder, 'repository-'))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(dir, path, '..'), { recursive: true })
    writeFileSync(join(dir, path), text)
  }
  return dir
}

describe('the program', () => {
  it('[C2] its help names every command, and each has help of its own with an example', async () => {
    const { code, stdout } = await tandem(['--help'])
    expect(code).toBe(0)
    for (const name of [
      'serve',
      'validate',
      'fmt',
      'diff',
      'schema',
      'status',
      'plan',
      'sync',
      'runs',
      'export',
      'import',
      'promote',
    ]) {
      expect(stdout).toMatch(new RegExp(`^  ${name} `, 'm'))
    }
    for (const name of ['validate', 'diff', 'schema', 'promote']) {
      const help = await tandem([name, '--help'])
      expect(help).toMatchObject({ code: 0, stderr: '' })
      expect(help.stdout).toMatch(/\nExamples?:\n {2}\$ tandem /)
      expect(help.stdout).toContain('--json')
    }
  })

  it.each([
    [[], 'Usage: tandem'],
    [['valdate'], '(Did you mean validate?)'],
    [['valdate', '--help'], '(Did you mean validate?)'],
    [['validate', '--nope'], "unknown option '--nope'"],
    [['validate', '--format', 'xml'], 'Allowed choices are text, json, github, sarif'],
    [['validate', 'no-such-folder'], 'There is no folder `no-such-folder`.'],
    [['validate', 'README.md'], 'There is no folder `README.md`.'],
    [['schema', 'parent-modles'], 'Did you mean `parent-models`?'],
    [['diff', 'broken'], "missing required argument 'B'"],
    [['promote', 'staging'], "missing required argument 'to'"],
    [['promote', 'staging', 'production', 'users'], '`users` names no resource.'],
    [['diff', 'broken', 'no-such-thing'], '`no-such-thing` is neither a folder nor a commit'],
  ])('[C2] wrong usage ends with 2 and a sentence: %j', async (args, words) => {
    const { code, stderr } = await tandem(args)
    expect(code).toBe(2)
    expect(stderr).toContain(words)
    expect(stderr).not.toMatch(/\n\s+at /)
  })
})

describe('speed', () => {
  it.each([
    [['validate', 'broken']],
    [['validate', 'plant-store']],
    [['diff', 'plant-store', 'adopted']],
    [['schema']],
  ])('[C2] %j does not hang', async (args) => {
    // A ceiling, of processor time: what else the machine does at the moment does not count.
    const tellTime = ['--import', `data:text/javascript,${encodeURIComponent(TELL_TIME)}`]
    const { stderr } = await tandem(args, FIXTURES, tellTime)
    expect(Number(/cpu (\d+)/.exec(stderr)?.[1])).toBeLessThan(5_000_000)
  })
})

describe('validate', () => {
  it.each([
    [['broken'], 1],
    [['plant-store'], 0],
    [['plant-store', '--strict'], 0],
    [['plant-store', '--workspace', 'production'], 0],
    [['adopted'], 1],
    [['quirks'], 0],
    [['quirks', '--strict'], 1],
    [['hand-edited'], 0],
    [['hand-edited', '--strict'], 1],
  ])('[C2] %j ends with %i', async (args, expected) => {
    const { code, stderr } = await tandem(['validate', ...args])
    expect({ code, stderr }).toEqual({ code: expected, stderr: '' })
  })

  it('[C4] --format json and --json print the counts and the diagnostics', async () => {
    const { stdout } = await tandem(['validate', 'quirks', '--format', 'json'])
    expect(JSON.parse(stdout)).toEqual({
      files: 12,
      resources: 10,
      diagnostics: [
        {
          code: 'stale-query-key',
          severity: 'warning',
          message:
            '`tableName` has no effect beside `type: raw_sql`, which uses `rawSql`; it is kept as it is.',
          file: 'models/stale-key.yaml',
          line: 5,
          column: 1,
          hint: 'Remove `tableName`, or change `type`.',
        },
      ],
    })
    expect((await tandem(['validate', 'quirks', '--json'])).stdout).toBe(stdout)
  })

  it('[C4] text has a sentence for each problem: where, what, how to mend it, the code', async () => {
    const { stdout } = await tandem(['validate', 'adopted'])
    expect(stdout.split('\n').slice(2)).toEqual([
      'error  schema/related-models/foreign.yaml, line 2, column 9: there is no source `warehouse-of-another-workspace`. Create it in the app, or add `  warehouse-of-another-workspace: <slug>` under `sources:` in `aliases-acme-sandbox.yaml`. (unresolved-source)',
      '',
      '10 resources in 12 files: 3 errors.',
      '',
    ])
  })

  it('[C4] github prints annotations with files as seen from where it runs', async () => {
    const { stdout } = await tandem(['validate', 'quirks', '--format', 'github'])
    expect(stdout).toBe(
      '::warning file=quirks/models/stale-key.yaml,line=5,col=1,title=stale-query-key::`tableName` has no effect beside `type: raw_sql`, which uses `rawSql`; it is kept as it is. Remove `tableName`, or change `type`.\n',
    )
  })

  it('[C4] sarif', async () => {
    const { stdout } = await tandem(['validate', 'quirks', '--format', 'sarif'])
    const { version, runs } = JSON.parse(stdout)
    expect({ version, runs: runs.length, results: runs[0].results }).toMatchObject({
      version: '2.1.0',
      runs: 1,
      results: [
        {
          ruleId: 'stale-query-key',
          level: 'warning',
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: 'quirks/models/stale-key.yaml' },
                region: { startLine: 5, startColumn: 1 },
              },
            },
          ],
        },
      ],
    })
  })

  it('[F4] follows no symbolic link, and names of files cannot write to the terminal', async () => {
    const dir = write({
      'models/a\u001b[31m.yaml': 'name: [\n',
      'other/secret.yaml': '- 1\n',
      'models/utf.yaml': new Uint8Array([0xff, 0xfe]),
    })
    symlinkSync(join(dir, 'other/secret.yaml'), join(dir, 'models/link.yaml'))
    symlinkSync(join(dir, 'other'), join(dir, 'syncs'))
    const { code, stdout } = await tandem(['validate', dir])
    expect(code).toBe(1)
    expect(stdout.split('\n')).toEqual([
      'error  models/a?[31m.yaml, line 1, column 8: a `[` or `{` is never closed. Add the closing bracket. (yaml-syntax)',
      'error  models/utf.yaml, line 1: the file is not UTF-8 text. Save it as UTF-8. (yaml-syntax)',
      '',
      '2 resources in 2 files: 2 errors.',
      '',
    ])
  })

  it('[F20] a file of many mebibytes is told without being read', async () => {
    const dir = write({ 'models/large.yaml': `name: ${'é'.repeat(3 * 1024 * 1024)}\n` })
    const { stdout } = await tandem(['validate', dir, '--json'])
    expect(JSON.parse(stdout).diagnostics).toMatchObject([
      { code: 'limit-file-size', file: 'models/large.yaml' },
    ])
  })
})

describe('diff', () => {
  const model = (name: string, table: string) =>
    `name: ${name}\nsource: s\ntype: table\ntableName: ${table}\nprimaryKey: id\n`

  it('[C4] two folders, by resource and field', async () => {
    const a = write({
      'models/changed.yaml': model('M', 'T'),
      'models/old.yaml': model('Old', 'R'),
      'models/gone.yaml': model('G', 'G'),
    })
    const b = write({
      'models/sub/changed.yml': `# moved\n${model('M', 'U')}`,
      'models/new.yaml': model('New', 'R'),
    })
    const { code, stdout, stderr } = await tandem(['diff', a, b, '--json'])
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
    expect(JSON.parse(stdout)).toEqual({
      changes: [
        {
          kind: 'models',
          slug: 'changed',
          change: 'changed',
          fields: [{ path: '/tableName', before: 'T', after: 'U' }],
        },
        {
          kind: 'models',
          slug: 'gone',
          change: 'removed',
          fields: [
            { path: '/name', before: 'G' },
            { path: '/source', before: 's' },
            { path: '/type', before: 'table' },
            { path: '/tableName', before: 'G' },
            { path: '/primaryKey', before: 'id' },
          ],
        },
        {
          kind: 'models',
          slug: 'new',
          change: 'renamed',
          from: 'old',
          fields: [{ path: '/name', before: 'Old', after: 'New' }],
        },
      ],
    })
    const text = await tandem(['diff', a, b])
    expect(text.stdout).toBe(
      [
        '~ model changed changed',
        '    tableName: T → U',
        '- model gone removed',
        '> model new renamed (was old)',
        '    name: Old → New',
        '',
        '3 resources: 1 removed, 1 changed, 1 renamed.',
        '',
      ].join('\n'),
    )
  })

  it('[C2] equal folders end with 0, whatever their style', async () => {
    const a = write({ 'models/a.yaml': model('M', 'T') })
    const b = write({
      'models/a.yaml':
        '# c\n{primaryKey: id, tableName: T, type: table, source: s, name: "M", rawSql: null}\n',
    })
    expect(await tandem(['diff', a, b])).toMatchObject({ code: 0, stdout: 'Nothing differs.\n', stderr: '' })
  })

  it('[C2] a file that cannot be read on one side is told, and ends with 1', async () => {
    const a = write({ 'models/a.yaml': model('M', 'T') })
    const b = write({ 'models/a.yaml': 'name: [\n' })
    expect(await tandem(['diff', a, b])).toMatchObject({
      code: 1,
      stdout: 'No difference was found, but 1 file could not be compared: the two sides may differ.\n',
      stderr: '1 file could not be compared (`tandem validate` says why): models/a\n',
    })
  })

  it('[C2] a file that is broken alike on both sides does not differ', async () => {
    const [a, b] = [write({ 'models/a.yaml': 'name: [\n' }), write({ 'models/a.yaml': 'name: [\n' })]
    expect(await tandem(['diff', a, b])).toMatchObject({ code: 0, stdout: 'Nothing differs.\n', stderr: '' })
  })
})

describe('schema', () => {
  it('[F22] [C2] prints one schema, or all by kind', async () => {
    const one = JSON.parse((await tandem(['schema', 'parent-models'])).stdout)
    expect(one).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      title: 'Parent model',
    })
    const all = JSON.parse((await tandem(['schema'])).stdout)
    expect(Object.keys(all)).toHaveLength(10)
    expect(all['parent-models']).toEqual(one)
  })
})
