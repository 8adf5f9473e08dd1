import { afterAll } from 'vitest'
import { startGitBySmallProcess } from '../../src/git/command.ts'

const git = await startGitBySmallProcess()
afterAll(() => git.stop())
