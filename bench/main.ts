import { parseArgs } from 'node:util'
import { firstSync } from './b1-first-sync.ts'
import { oneSave } from './b2-one-save.ts'
import { saveBySize } from './b3-save-by-size.ts'
import { inboundOne } from './b4-inbound-one.ts'
import { inboundAll } from './b5-inbound-all.ts'
import { fullResync } from './b6-full-resync.ts'
import { type Claim, withBench } from './bench.ts'
import type { Figure } from './figure.ts'
import { printJson, printTable } from './table.ts'

const CLAIMS: readonly Claim[] = [firstSync, oneSave, saveBySize, inboundOne, inboundAll, fullResync]

const HELP = `Measures what Tandem claims against git by hand, in the same run.

  npm run bench                  every claim
  npm run bench -- B1 B2         some of them
  npm run -s bench -- --json     {figures: [{id, value, unit, baseline, samples}]}

${CLAIMS.map((claim) => `  ${claim.id}  ${claim.title}`).join('\n')}`

const { values, positionals } = parseArgs({
  options: { json: { type: 'boolean' }, help: { type: 'boolean' } },
  allowPositionals: true,
})

if (values.help) console.log(HELP)
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
  // Progress goes to standard error: standard output is the result alone.
  const note = (line: string) => console.error(line)
  const figures = await withBench(note, async (bench) => {
    const measured: Figure[] = []
    for (const claim of chosen) {
      note(`${claim.id}: ${claim.title}`)
      measured.push(...(await claim.measure(bench)))
    }
    return measured
  })
  console.log(json ? printJson(figures) : printTable(figures))
  return figures.every(({ value, atMost }) => value <= atMost) ? 0 : 1
}
