import { defineConfig } from 'vitest/config'

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
          // Pure: a process of its own for each file costs as much as the tests.
          isolate: false,
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
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/support/global-setup.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
})
