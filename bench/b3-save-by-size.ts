import { saveOnce } from './b2-one-save.ts'
import type { Bench, Claim } from './bench.ts'
import { syncAndWait } from './connect.ts'
import { type Figure, ratio, timePairs } from './figure.ts'
import { TRANSPORTS, type Transport } from './remotes.ts'
import { styledRepository } from './styled.ts'

const PAIRS = 50
const AT_MOST = 1.2
const FEW = 100

export const saveBySize: Claim = {
  id: 'B3',
  title: 'one save on top of 10,000 files, against one on top of 100',
  measure: async (bench) => {
    const few = await bench.withFew(FEW)
    const figures: Figure[] = []
    for (const transport of TRANSPORTS) figures.push(await measure(bench, few, transport))
    return figures
  },
}

async function measure(many: Bench, few: Bench, transport: Transport): Promise<Figure> {
  for (const bench of [many, few]) {
    await styledRepository(bench, transport, `b3-${transport}-${bench.resources.length}`)
    await syncAndWait(bench)
  }
  const pairs = await timePairs(
    many.pairs(PAIRS),
    (round) => saveOnce(many, round, `${transport}, among many`),
    (round) => saveOnce(few, round % (FEW / 4), `${transport}, among few, ${round}`),
  )
  return ratio(`B3.${transport}`, pairs, AT_MOST)
}
