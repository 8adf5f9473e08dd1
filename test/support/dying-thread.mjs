import { appendFileSync, readFileSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'

/** Stands for an engine's thread that dies of a fault soon after its first two starts, and then stays. */
const starts = `${workerData.gitCacheDir}/starts`
appendFileSync(starts, '+')
parentPort.postMessage('ready')
parentPort.once('message', () => parentPort.close())
if (readFileSync(starts, 'utf8').length < 3) {
  setTimeout(() => {
    throw new Error('out of luck')
  }, 20)
}
