import { expect, it } from 'vitest'
import type { Role } from '../../store/tables/auth.ts'
import type { Actor, Grant } from './actor.ts'
import { ACTIONS, type Action, authorize, isAdminEverywhere, may, roleIn } from './authorize.ts'

const actor = (...grants: Grant[]): Actor => ({ kind: 'person', id: 'p', name: 'P', email: 'p@x', grants })
const here = { id: 'w1', slug: 'staging' }
const names = Object.keys(ACTIONS) as Action[] // Object.keys forgets the literal keys

function allowed(role: Role): Action[] {
  return names.filter((action) => may(actor({ workspaceId: 'w1', role }), action, 'w1'))
}

it('[Z8] a viewer reads', () => {
  expect(allowed('viewer')).toEqual(['workspace.read', 'git.read'])
})

it('[Z8] an editor changes resources besides', () => {
  expect(allowed('editor')).toEqual([
    'workspace.read',
    'resource.write',
    'source.query',
    'git.read',
    'git.sync',
    'git.resolve',
    'git.aliases',
    'git.close-review',
    'git.restore',
    'git.put-back',
    'git.mend-references',
  ])
})

it('[Z8] an admin may do everything', () => {
  expect(allowed('admin')).toEqual(names)
})

it('[Z8] a role counts in its workspace only, one without a workspace everywhere, and the higher one wins', () => {
  const both = actor({ workspaceId: 'w1', role: 'editor' }, { workspaceId: null, role: 'viewer' })
  expect([roleIn(both, 'w1'), roleIn(both, 'w2'), roleIn(actor(), 'w1')]).toEqual(['editor', 'viewer', null])
  expect(isAdminEverywhere(actor({ workspaceId: 'w1', role: 'admin' }))).toBe(false)
  expect(isAdminEverywhere(actor({ workspaceId: null, role: 'admin' }))).toBe(true)
})

it('[Z8] without a role a workspace is answered like one that does not exist', () => {
  const stranger = actor({ workspaceId: 'w2', role: 'admin' })
  const refusal = (run: () => void) => {
    try {
      run()
      return 'allowed'
    } catch (error) {
      return String(error)
    }
  }
  expect(refusal(() => authorize(stranger, 'workspace.read', here))).toBe(
    refusal(() => authorize(stranger, 'workspace.read', null)),
  )
  expect(
    refusal(() => authorize(actor({ workspaceId: 'w1', role: 'viewer' }), 'resource.write', here)),
  ).toMatch(/needs the role editor .* you are viewer/)
})
