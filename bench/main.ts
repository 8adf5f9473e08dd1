import { parseArgs } from 'node:util'
import { firstSync } from './b1-first-sync.ts'
import { oneSave } from './b2-one-save.ts'
import { saveBySize } from './b3-save-by-size.ts'
import { inboundOne } from './b4-inbound-one.ts'
import { inboundAll } from './b5-inbound-all.ts'
import { fullResync } from './b6-full-resync.ts'
import { memory } from './b7-memory.ts'
import { firstSyncBySize } from './b8-first-sync-by-size.ts'
import { manySavers } from './b9-many-savers.ts'
import { apiMeanwhile } from './b10-api-meanwhile.ts'
import { webhook } from './b11-webhook.ts'
import { pullPlan } from './b12-pull-plan.ts'
import { environments } from './b13-environments.ts'
import { type Claim, type Extent, withBench } from './bench.ts'
import { type Figure, isReached } from './figure.ts'
import { measureFloors } from './floors.ts'
import { TEN_THOUSAND } from './generate.ts'
import { printJson, printTable } from './table.ts'

const CLAIMS: readonly Claim[] = [
  firstSync,
  oneSave,
  saveBySize,
  inboundOne,
  inboundAll,
  fullResync,
  memory,
  firstSyncBySize,
  manySavers,
  apiMeanwhile,
  webhook,
  pullPlan,
  environments,
]

const HELP = `Measures what Tandem claims against git by hand, in the same run.

  npm run bench                  every claim
  npm run bench -- B1 B2         some of them
  npm run -s bench -- --json     {figures: [{id, value, unit, baseline, samples}]}
  npm run bench -- --floors      what B1 and B5 cannot do without, piece by piece

For a trial, whose figures promise nothing: --resources 1000 --pairs 2

${CLAIMS.map((claim) => `  ${claim.id.padEnd(3)}  ${claim.title}`).join('\n')}`

const { values, positionals } = parseArgs({
  options: {
    json: { type: 'boolean' },
    help: { type: 'boolean' },
    floors: { type: 'boolean' },
    resources: { type: 'string' },
    pairs: { type: 'string' },
  },
  allowPositionals: true,
})

// Progress goes to standard error: standard output is the result alone.
const note = (line: string) => console.error(line)

if (values.help) console.log(HELP)
else if (values.floors) console.log(await withBench(extentOf(values), note, measureFloors))
else process.exitCode = await run(positionals, values.json === true)

async function run(ids: readonly string[], json: boolean): Promise<number> {
  const unknown = ids.filter((id) => !CLAIMS.some((claim) => claim.id === id))
  if (unknown.length > 0) {
    console.error(
      `There is no claim ${unknown.join(', ')}: choose from ${CLAIMS.map(({ id }) => id).join(', ')}.`,
    )
    return 2
  }
  const chosen = CLAIMS.filter((claim) => ids.length === 0 || ids.includes(claim.id))
  const figures = await withBench(extentOf(values), note, async (bench) => {
    const measured: Figure[] = []
    for (const claim of chosen) {
      note(`${claim.id}: ${claim.title}`)
      measured.push(...(await claim.measure(bench)))
    }
    return measured
  })
  console.log(json ? printJson(figures) : printTable(figures))
  return figures.every(isReached) ? 0 : 1
}

/** A relationship to four models, as in the promised size. */
function extentOf({ resources, pairs }: { readonly resources?: string; readonly pairs?: string }): Extent {
  const count = Number(resources)
  const relationships = Math.floor(count / 5)
  return {
    size: resources === undefined ? TEN_THOUSAND : { models: count - relationships, relationships },
    pairsAtMost: pairs === undefined ? Number.POSITIVE_INFINITY : Number(pairs),
  }
}
