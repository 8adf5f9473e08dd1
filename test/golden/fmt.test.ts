import { execFile } from 'node:child_process'
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
const FIXTURES = fileURLToPath(new URL('../fixtures/', import.meta.url))

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tandem-fmt-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

function tandem(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined }
    const child = execFile(process.execPath, [MAIN, ...args], { env }, (_error, out, err) =>
      resolve({ code: child.exitCode ?? -1, out, err }),
    )
  })
}

async function files(dir: string): Promise<Map<string, string>> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true })
  const texts = entries
    .filter((entry) => entry.isFile())
    .map(async (entry) => {
      const path = join(entry.parentPath, entry.name)
      return [path.slice(dir.length + 1), await readFile(path, 'utf8')] as const
    })
  return new Map((await Promise.all(texts)).sort(([a], [b]) => (a < b ? -1 : 1)))
}

describe('tandem fmt --check', () => {
  it('[C2] [F12] finds nothing to change in what an engine wrote', async () => {
    for (const name of ['plant-store', 'adopted']) {
      const { code, out } = await tandem('fmt', '--check', '--json', join(FIXTURES, name))
      expect(JSON.parse(out)).toEqual({ files: name === 'adopted' ? 10 : 24, wouldChange: [], left: [] })
      expect(code).toBe(0)
    }
  })

  it('[C2] [C4] lists exactly what would change, and changes nothing', async () => {
    await cp(join(FIXTURES, 'quirks'), folder, { recursive: true })
    const before = await files(folder)
    const { code, out, err } = await tandem('fmt', '--check', '--json', folder)
    expect(JSON.parse(out)).toEqual({
      files: 10,
      wouldChange: ['models/no-final-newline.yaml', 'models/windows-line-ends.yaml'],
      left: [],
    })
    expect({ code, err }).toEqual({ code: 1, err: '' })
    expect(await files(folder)).toEqual(before)
  })

  it('[C2] [C4] lists the files of a person apart', async () => {
    const { code, out } = await tandem('fmt', '--check', join(FIXTURES, 'hand-edited'))
    expect(out).toBe(
      `left alone  schema/event-models/web/checkout/order-completed.yaml (1 anchor)
left alone  schema/model-relationships/users-purchases.yaml (1 comment)
left alone  schema/parent-models/users.yaml (4 comments, 1 unknown key)
would change  schema/related-models/purchases.yml
1 of 4 files would change, 3 left alone.
`,
    )
    expect(code).toBe(1)
  })

  it('[C2] [S17] reports broken files and touches none', async () => {
    await cp(join(FIXTURES, 'broken'), folder, { recursive: true })
    const before = await files(folder)
    const { code, out, err } = await tandem('fmt', folder)
    expect(out).toBe('0 of 21 files changed, 12 with errors, not touched.\n')
    expect(err).toContain('models/syntax.yaml, line 3: ')
    expect(code).toBe(1)
    expect(await files(folder)).toEqual(before)
  })
})

describe('tandem fmt', () => {
  it('[C2] [F12] prints what may be printed, and leaves everything else as it is', async () => {
    await cp(join(FIXTURES, 'quirks'), folder, { recursive: true })
    const before = await files(folder)
    const { code, out } = await tandem('fmt', folder)
    expect({ code, out }).toEqual({
      code: 0,
      out: 'changed  models/no-final-newline.yaml\nchanged  models/windows-line-ends.yaml\n2 of 10 files changed.\n',
    })
    const after = await files(folder)
    expect(after).toEqual(
      new Map([
        ...before,
        ['models/no-final-newline.yaml', `${before.get('models/no-final-newline.yaml')}\n`],
        [
          'models/windows-line-ends.yaml',
          `${before.get('models/windows-line-ends.yaml')?.replaceAll('\r', '')}`,
        ],
      ]),
    )
    expect((await tandem('fmt', '--check', folder)).code).toBe(0)
  })

  it('[C2] prints the files of a person too with --all, and says what is lost', async () => {
    await cp(join(FIXTURES, 'hand-edited'), folder, { recursive: true })
    const { code, out } = await tandem('fmt', '--all', folder)
    expect({ code, out }).toEqual({
      code: 0,
      out: `changed  schema/event-models/web/checkout/order-completed.yaml (lost 1 anchor)
changed  schema/model-relationships/users-purchases.yaml (lost 1 comment)
changed  schema/parent-models/users.yaml (lost 4 comments)
changed  schema/related-models/purchases.yml
4 of 4 files changed.
`,
    })
    expect((await files(folder)).get('schema/parent-models/users.yaml')).toBe(
      `name: Users
source: main-database
type: raw_sql
rawSql: |
  -- active customers only
  select u.user_id,
         u.email,      -- personal data
         u.full_name
  from   public.users u
  where  not u.deleted
primaryKey: user_id
primaryLabel: full_name
secondaryLabel: email
columns:
  - name: email
    label: E-mail
    privacy: redacted
  - name: full_name
    label: Full name
x-owner: growth
`,
    )
  })

  it('[F4] follows no link, and leaves no temporary file and the mode as it was', async () => {
    await mkdir(join(folder, 'models'))
    const outside = join(folder, 'outside.txt')
    const text = 'primaryKey: id\nname: A\nsource: s\ntype: table\ntableName: T\n'
    await writeFile(outside, text)
    await symlink(outside, join(folder, 'models', 'link.yaml'))
    await writeFile(join(folder, 'models', 'a.yaml'), text)
    await chmod(join(folder, 'models', 'a.yaml'), 0o640)
    expect((await tandem('fmt', folder)).out).toBe('changed  models/a.yaml\n1 of 1 file changed.\n')
    expect(await files(folder)).toEqual(
      new Map([
        ['models/a.yaml', 'name: A\nsource: s\ntype: table\ntableName: T\nprimaryKey: id\n'],
        ['outside.txt', text],
      ]),
    )
    expect((await stat(join(folder, 'models', 'a.yaml'))).mode & 0o777).toBe(0o640)
  })

  it('[C2] says in one sentence that there is no such folder', async () => {
    const { code, out, err } = await tandem('fmt', join(folder, 'nowhere'))
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(`There is no folder \`${join(folder, 'nowhere')}\`.`)
  })

  it('[C2] has help with an example', async () => {
    const { code, out } = await tandem('fmt', '--help')
    expect(code).toBe(0)
    expect(out).toContain('Examples:\n  $ tandem fmt schema-repo\n')
  })
})
