import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { allByHand, saveByHand, saveOnce } from './b2-one-save.ts'
import { withBench } from './bench.ts'
import { connectTo, syncAndWait } from './connect.ts'
import { TEN_THOUSAND } from './generate.ts'

await withBench(
  { size: TEN_THOUSAND, pairsAtMost: 1 },
  (l) => console.log(l),
  async (bench) => {
    await connectTo(bench, await bench.remote('file', 'try2'))
    await syncAndWait(bench)
    const tree = await allByHand(bench, 'file', 'try2-hand')
    const home = join(bench.folder, 'data', 'postgres')
    const port = readFileSync(join(home, 'pgdata', 'postmaster.pid'), 'utf8').split('\n')[3] ?? ''
    const c = new pg.Client({
      connectionString: `postgres://tandem:${readFileSync(join(home, 'password'), 'utf8').trim()}@127.0.0.1:${port}/tandem`,
    })
    await c.connect()
    const a: number[] = [],
      b: number[] = []
    for (let i = 1; i < 31; i++) {
      if (i === 29) {
        await c.query('alter system set log_min_duration_statement = 0')
        await c.query('alter system set log_parameter_max_length = 0')
        await c.query("alter system set log_line_prefix = '%m [%p] '")
        await c.query('select pg_reload_conf()')
        await new Promise((r) => setTimeout(r, 500))
      }
      if (i === 30) {
        writeFileSync('/tmp/sp/mark', new Date().toISOString())
        await new Promise((r) => setTimeout(r, 300))
      }
      a.push(await saveOnce(bench, i, 'file'))
      b.push(await saveByHand(bench, tree, i))
    }
    a.sort((x, y) => x - y)
    b.sort((x, y) => x - y)
    console.log('save', a[15], 'hand', b[15], 'ratio', (a[15] ?? 0) / (b[15] ?? 1), 'min', a[0], b[0])
    writeFileSync('/tmp/sp/pg2.log', readFileSync(join(home, 'postgres.log'), 'utf8'))
    await c.end()
  },
)
