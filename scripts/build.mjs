import { ensureInstalled } from './launch/install.mjs'
import { runMain } from './launch/root.mjs'
import { ensureWebBuilt } from './launch/web.mjs'

await runMain(async () => {
  await ensureInstalled()
  await ensureWebBuilt()
  return 0
})
