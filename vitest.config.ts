import { defineConfig } from 'vitest/config'

/**
 * A process of its own for each file costs two seconds, nearly all of them to load the same modules again. So
 * no test may leave anything behind in its process, such as a variable of the environment.
 */
const ONE_PROCESS = { isolate: false }
/** Of `expect.poll`: a second, as it is otherwise, is not enough for a run or a page on a busy machine. */
const PATIENT = { expect: { poll: { timeout: 60_000 } } }

/**
 * `unit` needs nothing but Node; the others start PostgreSQL, git servers or a browser. Timeouts are against hangs:
 * on a machine that does much else, a test of seconds takes a minute.
 */
export default defineConfig({
  test: {
    // Tests wait for programs more than they compute: four files at once also on two cores.
    maxWorkers: 4,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{src,scripts}/**/*.test.{ts,tsx}'],
          setupFiles: ['test/support/property-seed.ts'],
          testTimeout: 20_000,
          ...ONE_PROCESS,
          ...PATIENT,
        },
      },
      {
        test: {
          name: 'system',
          setupFiles: ['test/support/small-git-parent.ts'],
          include: ['test/{contract,golden,chaos}/**/*.test.ts'],
          globalSetup: ['test/support/global-setup.ts'],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          ...ONE_PROCESS,
          ...PATIENT,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/support/global-setup.ts'],
          testTimeout: 600_000,
          hookTimeout: 600_000,
          ...ONE_PROCESS,
          ...PATIENT,
        },
      },
    ],
  },
})
