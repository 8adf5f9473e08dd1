import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { isAlive } from './is-alive.ts'

it('[S26] tells a process that runs from one that has ended', () => {
  const { pid } = spawnSync(process.execPath, ['--version'])
  expect([isAlive(process.pid), isAlive(process.ppid), isAlive(pid)]).toEqual([true, true, false])
})
