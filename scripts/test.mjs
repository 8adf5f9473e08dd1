import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { continueIn } from './launch/continue.mjs'
import { ensureInstalled } from './launch/install.mjs'
import { ROOT, runMain } from './launch/root.mjs'
import { ensureSystemPrograms } from './launch/system-programs.mjs'
import { ensureWebBuilt } from './launch/web.mjs'

// Every test, the browser's included. The last line is the sum: `N passed, N failed`.
await runMain(async () => {
  await ensureInstalled()
  ensureSystemPrograms()
  await ensureWebBuilt()
  const folder = mkdtempSync(join(tmpdir(), 'tandem-results-'))
  const results = join(folder, 'results.json')
  const vitest = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${results}`]
  const code = await continueIn([vitest, 'run', ...reporters, ...process.argv.slice(2)], { cwd: ROOT })
  const { passed, failed, left } = sum(results)
  rmSync(folder, { recursive: true, force: true })
  if (left > 0) process.stdout.write(`${left} did not run\n`)
  process.stdout.write(`${passed} passed, ${failed} failed\n`)
  return code === 0 && failed === 0 && passed > 0 ? 0 : 1
})

/** A file that could not be loaded, or a run that ended early, counts as one failure more. */
function sum(file) {
  try {
    const results = JSON.parse(readFileSync(file, 'utf8'))
    const unloaded = results.testResults.filter(
      (suite) =>
        suite.status === 'failed' && suite.assertionResults.every((test) => test.status !== 'failed'),
    )
    return {
      passed: results.numPassedTests,
      failed: results.numFailedTests + unloaded.length,
      left: results.numPendingTests + results.numTodoTests,
    }
  } catch {
    return { passed: 0, failed: 1, left: 0 }
  }
}
