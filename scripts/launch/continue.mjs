import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { join } from 'node:path'
import { NODE, ROOT } from './root.mjs'

const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT']

/**
 * Goes on in the pinned Node and answers its exit code. Signals are passed on; the channel lets the child
 * notice when this process is killed without one (end-with-parent.mjs), so no server stays behind.
 */
export function continueIn(args, options = {}) {
  const watch = new URL('./end-with-parent.mjs', import.meta.url).href
  const child = spawn(NODE, ['--import', watch, ...args], {
    cwd: options.cwd ?? process.cwd(),
    // Stripped and compiled once, not at every start.
    env: {
      NODE_COMPILE_CACHE: join(ROOT, 'node_modules', '.cache', 'compile'),
      ...process.env,
      ...options.env,
    },
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
  for (const signal of FORWARDED) process.on(signal, () => child.kill(signal))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code, signal) => resolve(code ?? 128 + (constants.signals[signal ?? 'SIGTERM'] ?? 0)))
  })
}

/** One step after the other; the first that fails ends it. */
export async function runSteps(steps) {
  for (const { name, args, env } of steps) {
    const started = Date.now()
    const code = await continueIn(args, { cwd: ROOT, ...(env ? { env } : {}) })
    process.stderr.write(
      `${name}: ${code === 0 ? 'ok' : `failed (${code})`} in ${((Date.now() - started) / 1000).toFixed(1)} s\n`,
    )
    if (code !== 0) return code
  }
  return 0
}
