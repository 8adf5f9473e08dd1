import { join } from 'node:path'
import { continueIn } from './launch/continue.mjs'
import { ensureInstalled } from './launch/install.mjs'
import { ROOT, runMain } from './launch/root.mjs'

await runMain(async () => {
  await ensureInstalled()
  return continueIn([join(ROOT, 'bench', 'main.ts'), ...process.argv.slice(2)])
})
