import { fork } from 'node:child_process'
import { join } from 'node:path'
import type { BenchServer } from './server.ts'

export type Reading = {
  /** What each read took, in seconds. */
  stop(): Promise<number[]>
}

/** Reads one resource from a process of its own, whose clock no work of the bench holds up. */
export async function startReading({ url, token }: BenchServer, path: string): Promise<Reading> {
  const child = fork(join(import.meta.dirname, 'reader.ts'), [`${url}/api/v1${path}`, token])
  const message = <T>() =>
    new Promise<T>((resolve, reject) => {
      child.once('message', (value) => resolve(value as T))
      child.once('exit', () => reject(new Error('the reading process ended early')))
    })
  await message<'ready'>()
  return {
    stop: async () => {
      const answer = message<number[]>()
      child.send('stop')
      const took = await answer
      child.disconnect()
      return took
    },
  }
}
