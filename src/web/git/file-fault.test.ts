import { expect, it } from 'vitest'
import type { DiagnosticWire } from '../../core/wire/diagnostic.ts'
import { fileFault } from './file-fault.ts'

const at = (file: string, line: number, severity: DiagnosticWire['severity'] = 'error'): DiagnosticWire => ({
  code: 'unresolved-model',
  severity,
  message: 'There is no model `oders`.',
  file,
  line,
  column: 1,
  hint: null,
})

it('[S14][W6] finds the first error of a resource among those that stop a commit', () => {
  const users = 'schema/parent-models/users.yaml'
  const run = {
    head: 'abc1234def',
    plan: null,
    diagnostics: [
      at('schema/related-models/orders.yml', 2),
      at(users, 9),
      at(users, 6),
      at(users, 1, 'warning'),
      at('schema/related-models/plants.yaml', 3, 'warning'),
    ],
  }
  expect([
    fileFault(run, 'parent-models', 'users'),
    fileFault(run, 'related-models', 'orders'),
    fileFault(run, 'related-models', 'plants'),
    fileFault(run, 'event-models', 'users'),
  ]).toEqual([
    { commit: 'abc1234def', first: at(users, 6) },
    { commit: 'abc1234def', first: at('schema/related-models/orders.yml', 2) },
    null,
    null,
  ])
})
