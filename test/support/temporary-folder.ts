import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A folder that is gone when the test that asked for it is over. */
export function temporaryFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'tandem-test-folder-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}
