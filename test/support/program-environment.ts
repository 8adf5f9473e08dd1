import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What a program of ours is told that a test starts: nothing of the machine, and its code compiled once for all. */
export function programEnvironment(
  settings: Readonly<Record<string, string | undefined>> = {},
): Record<string, string | undefined> {
  return {
    PATH: process.env.PATH ?? '',
    NO_COLOR: '1',
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(tmpdir(), 'tandem-compile-cache'),
    ...settings,
  }
}
