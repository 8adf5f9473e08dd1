import { afterAll, expect } from 'vitest'
import { startGitBySmallProcess } from '../../src/git/command.ts'

// The tests of that very process count who uses it.
const isAboutIt = expect.getState().testPath?.endsWith('git-spawn-service.test.ts')
const git = isAboutIt ? null : await startGitBySmallProcess()
afterAll(() => git?.stop())
