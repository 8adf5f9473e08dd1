import { join } from 'node:path'
import { runSteps } from './launch/continue.mjs'
import { ensureInstalled } from './launch/install.mjs'
import { ROOT, runMain } from './launch/root.mjs'

const tool = (...parts) => join(ROOT, 'node_modules', ...parts)

// Before every commit, under a minute: types, lint and format, rule numbers, unit tests.
await runMain(async () => {
  await ensureInstalled()
  return runSteps([
    { name: 'types', args: [tool('typescript', 'bin', 'tsc'), '-b'] },
    {
      name: 'lint and format',
      args: [tool('@biomejs', 'biome', 'bin', 'biome'), 'check', '--diagnostic-level=error'],
    },
    { name: 'rule numbers', args: [join(ROOT, 'scripts', 'check-spec.ts')] },
    {
      name: 'unit tests',
      args: [tool('vitest', 'vitest.mjs'), 'run', '--project', 'unit', '--reporter=dot'],
    },
  ])
})
