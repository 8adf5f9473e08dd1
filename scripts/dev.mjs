import { join } from 'node:path'
import { continueIn } from './launch/continue.mjs'
import { ensureInstalled } from './launch/install.mjs'
import { ROOT, runMain } from './launch/root.mjs'

// The server on 4400, restarted when its source changes; the page with hot reload and a proxy to it.
await runMain(async () => {
  await ensureInstalled()
  const server = ['--watch', '--watch-preserve-output', join(ROOT, 'src', 'cli', 'main.ts'), 'serve']
  const page = [join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js')]
  return Promise.race([
    continueIn([...server, ...process.argv.slice(2)], { cwd: ROOT }),
    continueIn(page, { cwd: ROOT }),
  ])
})
