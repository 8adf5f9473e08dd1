import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { continueIn } from './launch/continue.mjs'
import { ensureInstalled } from './launch/install.mjs'
import { NODE, ROOT, runMain } from './launch/root.mjs'

const ENGINE = 'test/contract/engine-model.test.ts'
const PLAN = 'src/core/plan/reconcile.model.test.ts'
const PLAN_RUNS = 2000
const NOT_STARTED = 'Failed to start forks worker'
const VITEST = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs')

// Random sequences with fresh seeds for so many minutes, 30 by default: `npm run soak -- 5`. The last lines say
// how many sequences ran and of which seeds; the first broken law ends it, with what replays it.
await runMain(async () => {
  await ensureInstalled()
  const minutes = Number(process.argv[2] ?? 30)
  if (!(minutes > 0)) {
    process.stderr.write('How many minutes? A number above zero, for example: npm run soak -- 5\n')
    return 1
  }
  const seconds = minutes * 60
  const folder = mkdtempSync(join(tmpdir(), 'tandem-soak-'))
  const results = join(folder, 'results.txt')
  const first = Date.now() % 1_000_000_000
  const env = {
    TANDEM_SOAK_SECONDS: String(seconds),
    TANDEM_SOAK_SEED: String(first),
    TANDEM_SOAK_RESULTS: results,
  }
  const engine = continueIn([VITEST, 'run', '--project', 'system', ENGINE], { cwd: ROOT, env })
  const plan = await soakPlan(first, Date.now() + seconds * 1000)
  const code = await engine
  process.stdout.write(`${readSums(results)}${plan.sum}\n`)
  rmSync(folder, { recursive: true, force: true })
  return code === 0 && plan.ok ? 0 : 1
})

/** The pure model in rounds, each with the next seed; only a failure is shown. */
async function soakPlan(first, end) {
  let seed = first
  let ok = true
  while (ok && Date.now() < end) {
    const env = {
      ...process.env,
      TANDEM_PROPERTY_SEED: String(seed),
      TANDEM_PROPERTY_RUNS: String(PLAN_RUNS),
    }
    const args = [VITEST, 'run', '--project', 'unit', '--testTimeout', '120000', PLAN]
    const child = spawn(NODE, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] })
    const chunks = []
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => chunks.push(chunk))
    const [code] = await once(child, 'close')
    const text = Buffer.concat(chunks).toString()
    // On a machine that has other things to do a worker may not start in time: no law was looked at, so once more.
    if (code !== 0 && text.includes(NOT_STARTED)) continue
    ok = code === 0
    if (!ok) process.stdout.write(text)
    seed += 1
  }
  const replay = ok ? '' : `; replay: TANDEM_PROPERTY_SEED=${seed - 1} TANDEM_PROPERTY_RUNS=${PLAN_RUNS}`
  const sum = `plan: ${seed - first} rounds of ${PLAN_RUNS} sequences a law, seeds ${first} to ${seed - 1}${replay}`
  return { ok, sum }
}

function readSums(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return 'engine: no sequence ran to its end\n'
  }
}
