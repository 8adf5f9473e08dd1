import { defineConfig } from 'vitest/config'

/**
 * A process of its own for each file costs two seconds, nearly all of them to load the same modules again. So
 * no test may leave anything behind in its process, such as a variable of the environment.
 */
const ONE_PROCESS = { isolate: false }

/** `unit` needs nothing but Node; the others start PostgreSQL, git servers or a browser. */
export default defineConfig({
  test: {
    // Tests wait for programs more than they compute: three files at once also on two cores.
    maxWorkers: 3,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{src,scripts}/**/*.test.{ts,tsx}'],
          setupFiles: ['test/support/property-seed.ts'],
          testTimeout: 20_000,
          ...ONE_PROCESS,
        },
      },
      {
        test: {
          name: 'system',
          setupFiles: ['test/support/small-git-parent.ts'],
          include: ['test/{contract,golden,chaos}/**/*.test.ts'],
          globalSetup: ['test/support/global-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          ...ONE_PROCESS,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/support/global-setup.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          ...ONE_PROCESS,
        },
      },
    ],
  },
})
