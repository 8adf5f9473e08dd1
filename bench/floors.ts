import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { printResource } from '../src/core/format/print.ts'
import { plainGit } from '../test/support/git-bare.ts'
import { byHandOnce } from './b1-first-sync.ts'
import { changeAll, readByHand } from './b5-inbound-all.ts'
import type { Bench } from './bench.ts'
import { quantile, seconds } from './figure.ts'
import { clone, styledRepository } from './styled.ts'

/*
 * What a sync of every file cannot do without, each piece alone and in its barest form: the floor of B1 and B5.
 * The tables are the smallest that could hold what has to be kept; no plan, no check, no progress, no history to show.
 */

const ROUNDS = 3
const PIECE = 64 * 1024

const TABLES = `
  drop schema if exists floor cascade;
  create schema floor;
  create table floor.resource (id bigint primary key, value jsonb not null);
  create table floor.change (id bigint generated always as identity primary key, resource_id bigint not null,
    before jsonb, after jsonb, settled_at timestamptz);
  create index on floor.change (resource_id);
  create table floor.base (resource_id bigint primary key, path text not null, blob text not null, change_id bigint);`

type Floor = 'B1' | 'B5'
type Pieces = Readonly<Record<Floor, Readonly<Record<string, number>>>>

/** A table of the pieces' medians and of what they come to, for people. */
export async function measureFloors(bench: Bench): Promise<string> {
  const client = await database(bench)
  const { remote, person } = await styledRepository(bench, 'file', 'floor')
  const reader = await clone(bench, remote, 'floor-reader')
  const rounds: Pieces[] = []
  try {
    // The first does not count.
    for (let round = 0; round <= ROUNDS; round++) {
      bench.note(`floors ${round}`)
      const rows = await inDatabase(bench, client)
      const files = await inGit(bench, round)
      const baseline = await byHandOnce(bench, 'file', round, 'floor')
      await changeAll(bench, person, `Floor ${round}`)
      const inbound = await seconds(() => readByHand(reader))
      rounds.push({
        B1: { ...rows.B1, ...files, [BASELINE]: baseline },
        B5: {
          'git fetch, cat-file and js-yaml: the baseline itself': inbound,
          ...rows.B5,
          [BASELINE]: inbound,
        },
      })
    }
  } finally {
    await client.end()
  }
  return [tableOf('B1', rounds.slice(1)), tableOf('B5', rounds.slice(1))].join('\n\n')
}

const BASELINE = 'baseline'

function tableOf(floor: Floor, rounds: readonly Pieces[]): string {
  const names = Object.keys(rounds[0]?.[floor] ?? {})
  const median = (name: string) =>
    quantile(
      rounds.map((pieces) => pieces[floor][name] ?? Number.NaN),
      0.5,
    )
  const own = names.filter((name) => name !== BASELINE)
  const sum = own.reduce((all, name) => all + median(name), 0)
  const baseline = median(BASELINE)
  const line = (name: string, value: number) => `${name.padEnd(64)} ${value.toFixed(2)} s`
  return [
    `${floor}: pieces of its floor`,
    ...own.map((name) => line(name, median(name))),
    line('together, one after the other', sum),
    line('baseline', baseline),
    `${'ratio of the floor'.padEnd(64)} ${(sum / baseline).toFixed(2)}`,
  ].join('\n')
}

/** The PostgreSQL of the bench's own server. */
async function database({ server, folder }: Bench): Promise<pg.Client> {
  const home = join(folder, 'data', 'postgres')
  const password = (await readFile(join(home, 'password'), 'utf8')).trim()
  const port = (await readFile(join(home, 'pgdata', 'postmaster.pid'), 'utf8')).split('\n')[3]
  if (port === undefined) throw new Error(`the PostgreSQL of ${server.url} does not say its port`)
  const client = new pg.Client({ connectionString: `postgres://tandem:${password}@127.0.0.1:${port}/tandem` })
  await client.connect()
  return client
}

async function inDatabase({ resources }: Bench, client: pg.Client): Promise<Pieces> {
  const ids = resources.map((_, i) => i + 1)
  const paths = resources.map(({ path }) => path)
  const values = resources.map(({ value }) => JSON.stringify(value))
  const committed = (sql: string, params: unknown[] = []) => seconds(() => client.query(sql, params))
  await client.query(TABLES)
  await client.query(
    'insert into floor.resource select id, value::jsonb from unnest($1::bigint[], $2::text[]) as t(id, value)',
    [ids, values],
  )
  const outbox = await committed(
    'insert into floor.change (resource_id, after) select id, value from floor.resource',
  )
  const bases = await committed(
    'insert into floor.base select id, path, $3, id from unnest($1::bigint[], $2::text[]) as t(id, path)',
    [ids, paths, 'a'.repeat(40)],
  )
  const settled = await committed('update floor.change set settled_at = now()')
  const read = await seconds(() => client.query('select id, value from floor.resource'))
  const sent = await committed(
    `insert into floor.change (resource_id, before, after)
     select id, (select value from floor.resource r where r.id = t.id), value::jsonb
     from unnest($1::bigint[], $2::text[]) as t(id, value)`,
    [ids, values],
  )
  const copied = await committed(
    `update floor.resource r set value =
       (select after from floor.change c where c.resource_id = r.id and c.before is not null)`,
  )
  const moved = await committed('update floor.base set blob = $1', ['b'.repeat(40)])
  return {
    B1: {
      'ten thousand values read from PostgreSQL and parsed': read,
      'the outbox, copied from the rows': outbox,
      'bases that name a change': bases,
      'the outbox settled': settled,
    },
    B5: {
      'ten thousand values read from PostgreSQL and parsed': read,
      'the new values sent, into the history': sent,
      'and copied into the rows': copied,
      'bases moved': moved,
    },
  }
}

async function inGit(bench: Bench, round: number): Promise<Readonly<Record<string, number>>> {
  const dir = join(bench.folder, `floor-${round}-written.git`)
  await plainGit(bench.folder, ['init', '--quiet', '--bare', dir])
  const remote = await bench.remote('file', `floor-${round}`)
  const texts: string[] = []
  const printing = await seconds(async () => {
    for (const { kind, value } of bench.resources) texts.push(printResource(kind, value))
  })
  const files = bench.resources.map(({ path }, i) => ({ path, text: texts[i] ?? '' }))
  const written = await seconds(() => fastImport(dir, files))
  const push = await seconds(() => plainGit(dir, ['push', '--quiet', remote.url, 'main']))
  return { printing, 'git fast-import': written, 'git push': push }
}

async function fastImport(
  dir: string,
  files: readonly { readonly path: string; readonly text: string }[],
): Promise<void> {
  const config = ['-c', 'core.compression=1', '-c', 'fastimport.unpackLimit=1']
  const git = spawn('git', ['-C', dir, ...config, 'fast-import', '--quiet', '--depth=0'], {
    stdio: ['pipe', 'ignore', 'inherit'],
    // As src/git/environment.ts has it: a floor is of what can be had.
    env: { ...process.env, MALLOC_TRIM_THRESHOLD_: String(64 * 1024 ** 2) },
  })
  const ended = new Promise((resolve) => git.once('exit', resolve))
  await pipeline(Readable.from(streamOf(files)), git.stdin)
  if ((await ended) !== 0) throw new Error('git fast-import failed')
}

/** In pieces: a write of its own for each file would be the most of it. */
function* streamOf(files: readonly { readonly path: string; readonly text: string }[]): Generator<string> {
  let piece = 'commit refs/heads/main\ncommitter Ann Lee <ann@example.com> 0 +0000\ndata 4\nAll\n\n'
  for (const { path, text } of files) {
    piece += `M 100644 inline "${path}"\ndata ${Buffer.byteLength(text)}\n${text}\n`
    if (piece.length < PIECE) continue
    yield piece
    piece = ''
  }
  yield piece
}
