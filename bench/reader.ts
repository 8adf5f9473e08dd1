import process from 'node:process'

/*
 * A process of its own: reads `argv[2]` with the key `argv[3]` fifty times a second until it is told to stop,
 * then tells what each read took. A read is due at its time whether the one before it was answered or not, and
 * is timed from then on: a server that stands still makes all that are due meanwhile wait, not one.
 */

const EVERY_MS = 20
const [, , url = '', key = ''] = process.argv

const took: number[] = []
const underway = new Set<Promise<void>>()

async function read(due: number, isCounted: boolean): Promise<void> {
  const response = await fetch(url, { headers: { authorization: `Bearer ${key}` } })
  await response.text()
  if (!response.ok) throw new Error(`${url} answered ${response.status}`)
  if (isCounted) took.push((performance.now() - due) / 1000)
}

// The first ones open connections and warm everything up.
for (let i = 0; i < 20; i++) await read(performance.now(), false)

let due = performance.now()
const timer = setInterval(() => {
  for (; due <= performance.now(); due += EVERY_MS) {
    const one: Promise<void> = read(due, true).finally(() => underway.delete(one))
    underway.add(one)
  }
}, 1)

process.on('message', async () => {
  clearInterval(timer)
  await Promise.all(underway)
  process.send?.(took)
})
process.on('disconnect', () => process.exit())
process.send?.('ready')
