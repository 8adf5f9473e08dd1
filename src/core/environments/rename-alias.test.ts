import { describe, expect, it } from 'vitest'
import { classifyPath } from '../format/classify.ts'
import { DEFAULT_LIMITS } from '../format/limits.ts'
import { type AliasRename, renameAlias } from './rename-alias.ts'

const USERS = 'schema/parent-models/users.yaml'
const CRM = 'syncs/users-to-crm.yaml'
const FILES = {
  [USERS]: "# ours\nname: 'Users'\nsource: main # shared\ntype: table\ntableName: users\nprimaryKey: id\n",
  [CRM]: 'model: users\ndestination: main\nconfig: {}\nschedule: {type: manual}\nschedulePaused: false\n',
  'aliases-staging.yaml':
    "# who is who\nsources:\n  'main': warehouse # since May\n  copy: main\n  zoo: lake\ndestinations:\n  main: crm\n",
}

function rename(
  files: Record<string, string>,
  change: Partial<AliasRename> = {},
  slugs = ['warehouse', 'lake'],
) {
  const places = Object.entries(files).map(([path, text]) => ({ path, text, place: classifyPath(path) }))
  const own = (kind: 'aliases' | 'manifest') =>
    new Map(
      places.flatMap(({ path, text, place }) =>
        place.kind === kind ? [[place.workspace, { path, text }] as const] : [],
      ),
    )
  const result = renameAlias({
    rename: { section: 'sources', from: 'main', to: 'db', ...change },
    own: { slug: 'staging', slugs: new Set(slugs) },
    resources: places.flatMap(({ path, text, place }) =>
      place.kind === 'resource' ? [{ path, text, ref: place.ref }] : [],
    ),
    aliasFiles: own('aliases'),
    manifests: own('manifest'),
    limits: DEFAULT_LIMITS,
  })
  return result.kind === 'renames'
    ? Object.fromEntries(result.files.map(({ path, text }) => [path, text]))
    : result
}

describe('renaming an alias', () => {
  it('[E6] [F14] [F17] changes the word where it stands, in its own section alone', () => {
    expect(rename(FILES)).toEqual({
      [USERS]: FILES[USERS].replace('source: main #', 'source: db #'),
      'aliases-staging.yaml':
        '# who is who\nsources:\n  db: warehouse # since May\n  copy: db\n  zoo: lake\ndestinations:\n  main: crm\n',
    })
    expect(rename(FILES, { section: 'destinations' }, ['crm'])).toEqual({
      [CRM]: FILES[CRM].replace('destination: main', 'destination: db'),
      'aliases-staging.yaml': FILES['aliases-staging.yaml'].replace('  main: crm', '  db: crm'),
    })
  })

  it('[E1] [E6] keeps what the files mean to everybody who shares them: by an alias, by an actual slug, or not at all', () => {
    const production = { 'aliases-production.yaml': 'sources:\n  main: live\n' }
    const dev = { 'manifest-dev.yaml': 'sources:\n  main:\n    type: duckdb\ndestinations: {}\n' }
    const other = { 'manifest-other.yaml': 'sources: {}\ndestinations: {}\n' }
    const renamed = rename({ ...FILES, ...production, ...dev, ...other })
    expect(renamed).toEqual({
      [USERS]: expect.stringContaining('source: db'),
      'aliases-staging.yaml': expect.stringContaining('db: warehouse'),
      'aliases-production.yaml': 'sources:\n  db: live\n',
      'aliases-dev.yaml': expect.stringMatching(/^# (?:.|\n)*\nsources:\n {2}db: main\n$/),
    })
  })

  it('[E1] joins a name that means the same, and takes the word that an alias of its own name means', () => {
    const both = { ...FILES, 'aliases-staging.yaml': 'sources:\n  main: warehouse\n  db: warehouse\n' }
    expect(rename(both)).toMatchObject({ 'aliases-staging.yaml': 'sources:\n  db: warehouse\n' })
    const self = { ...FILES, 'aliases-staging.yaml': 'sources:\n  main: main\n' }
    expect(rename(self, {}, ['main'])).toMatchObject({ 'aliases-staging.yaml': 'sources:\n  db: main\n' })
    const done = { ...FILES, 'aliases-staging.yaml': 'sources:\n  db: warehouse\n' }
    expect(rename(done)).toEqual({ kind: 'done' })
  })

  it('[E6] [F18] is refused, with the file to mend, where a file could not follow or would mean something else', () => {
    const refused = (message: string) => ({ kind: 'refused', message, hint: expect.any(String) })
    expect(rename({ ...FILES, 'aliases-production.yaml': 'sources:\n  main: live\n  db: old\n' })).toEqual(
      refused('`db` means `old` in the workspace production, and `main` means `live` there.'),
    )
    expect(rename({ ...FILES, [USERS]: `${FILES[USERS]}name: again\n` })).toEqual(
      refused(`${USERS} says \`main\` and has errors.`),
    )
    expect(rename({ ...FILES, [USERS]: "name: 'Users\nsource: main\n" })).toEqual(
      refused(`${USERS} says \`main\` and has errors.`),
    )
    expect(rename({ ...FILES, 'models/x.yaml': FILES[USERS].replace('main', 'db') })).toEqual(
      refused('models/x.yaml says `db` already, which means nothing here.'),
    )
    expect(rename({ ...FILES, 'aliases-production.yaml': 'sources: [' })).toEqual(
      refused('aliases-production.yaml cannot be read.'),
    )
    expect(rename(FILES, { from: 'gone' })).toEqual(refused('aliases-staging.yaml has no alias `gone`.'))
    const circle = { ...FILES, 'aliases-staging.yaml': 'sources:\n  main: a\n  a: main\n' }
    expect(rename(circle)).toEqual(refused('In aliases-staging.yaml `main` stands for itself in a circle.'))
  })
})
