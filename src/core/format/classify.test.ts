import { describe, expect, it } from 'vitest'
import { FILE_KINDS } from '../model/kind.ts'
import { classifyPath, isFileMode, newPath } from './classify.ts'

const resource = (kind: string, slug: string) => ({ kind: 'resource', ref: { kind, slug } })
const guest = { kind: 'guest' }

describe('what a path is', () => {
  it.each([
    ['models/users.yaml', resource('models', 'users')],
    ['syncs/-15.yaml', resource('syncs', '-15')],
    ['syncs/null.yaml', resource('syncs', 'null')],
    ['models/Snowflake_75068.yaml', resource('models', 'Snowflake_75068')],
    ['models/a.b.yaml', resource('models', 'a.b')],
    ['schema/parent-models/users.yaml', resource('parent-models', 'users')],
    ['schema/related-models/purchases.yaml', resource('related-models', 'purchases')],
    ['schema/event-models/viewed.yaml', resource('event-models', 'viewed')],
    ['schema/model-relationships/a-b.yaml', resource('model-relationships', 'a-b')],
    ['events/contracts/web.yaml', resource('event-contracts', 'web')],
  ])('[F1] [F5] %s is a resource of its folder and base name, kept as it is', (path, expected) => {
    expect(classifyPath(path)).toEqual(expected)
  })

  it('[F1] a contract event is identified by its contract and base name', () => {
    expect(classifyPath('events/contracts/web/viewed-web-1.0.0.yaml')).toEqual(
      resource('contract-events', 'web/viewed-web-1.0.0'),
    )
  })

  it('[F2] .yml is read like .yaml', () => {
    expect(classifyPath('models/users.yml')).toEqual(resource('models', 'users'))
    expect(classifyPath('manifest-dev.yml')).toEqual({ kind: 'manifest', workspace: 'dev' })
  })

  it('[F3] a file in a sub-folder keeps its base name; not under events/contracts', () => {
    expect(classifyPath('schema/event-models/web/checkout/done.yaml')).toEqual(
      resource('event-models', 'done'),
    )
    expect(classifyPath('models/a/b/c.yml')).toEqual(resource('models', 'c'))
    expect(classifyPath('events/contracts/web/old/viewed.yaml')).toEqual(guest)
  })

  it('manifest and alias files name their workspace', () => {
    expect(classifyPath('manifest-acme-sandbox.yaml')).toEqual({
      kind: 'manifest',
      workspace: 'acme-sandbox',
    })
    expect(classifyPath('aliases-dev.yaml')).toEqual({ kind: 'aliases', workspace: 'dev' })
  })

  it.each([
    'README.md',
    'CODEOWNERS',
    '.github/workflows/ci.yaml',
    'models.yaml',
    'models/users.json',
    'models/users.YAML',
    'models/.yaml',
    'schema/users.yaml',
    'schema/other/users.yaml',
    'other/models/users.yaml',
    'sub/manifest-dev.yaml',
    'manifest-.yaml',
    'events/other.yaml',
    'events/contracts/.yaml',
    'events/contracts//a.yaml',
    '',
  ])('[F4] %s is a guest', (path) => {
    expect(classifyPath(path)).toEqual(guest)
  })

  it('[F2] [F3] a new file goes to the folder of its kind and is found there', () => {
    for (const kind of FILE_KINDS) {
      const ref = { kind, slug: kind === 'contract-events' ? 'web/a' : 'a' }
      expect(classifyPath(newPath(ref))).toEqual({ kind: 'resource', ref })
    }
  })

  it('[F4] symbolic links and submodules are guests by their mode', () => {
    const modes = ['100644', '100755', '100664', '120000', '160000', '040000']
    expect(modes.filter(isFileMode)).toEqual(['100644', '100755', '100664'])
  })
})
