#!/usr/bin/env node
import { join } from 'node:path'
import { continueIn } from '../scripts/launch/continue.mjs'
import { ensureInstalled } from '../scripts/launch/install.mjs'
import { ROOT, runMain } from '../scripts/launch/root.mjs'
import { ensureWebBuilt } from '../scripts/launch/web.mjs'

// Plain JavaScript for Node 20: it installs what is missing and goes on in the pinned Node.
await runMain(async () => {
  const args = process.argv.slice(2)
  const asksForHelp = args.includes('--help') || args.includes('-h')
  await ensureInstalled()
  if (args[0] === 'serve' && !asksForHelp) await ensureWebBuilt()
  return continueIn([join(ROOT, 'src', 'cli', 'main.ts'), ...args])
})
