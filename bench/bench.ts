import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startGitHttpServer } from '../test/support/git-http-server.ts'
import type { Figure } from './figure.ts'
import { BENCH_SOURCE, type BenchResource, type BenchSize, generateRepository } from './generate.ts'
import { createRemote, type Remote, type Transport } from './remotes.ts'
import { type BenchServer, startServer } from './server.ts'

/** One claim: its file measures it and gives the figures that `npm run bench` prints. */
export type Claim = {
  readonly id: string
  readonly title: string
  measure(bench: Bench): Promise<Figure[]>
}

/** What a claim is measured on: the real server with ten thousand resources, and a folder on disk. */
export type Bench = {
  readonly folder: string
  readonly server: BenchServer
  readonly resources: readonly BenchResource[]
  readonly workspace: string
  /** An empty repository of its own. */
  remote(transport: Transport, name: string): Promise<Remote>
  note(line: string): void
  /** How many pairs a claim that asks for so many is to measure: fewer in a trial. */
  pairs(count: number): number
  /** The same server with another workspace, of the first so many resources. */
  withFew(count: number): Promise<Bench>
  /** The same server with another workspace, of so many times the resources. */
  withTimes(factor: number): Promise<Bench>
  /** The same server with so many workspaces more, each with the first so many resources; their slugs. */
  withWorkspaces(count: number, each: number): Promise<readonly string[]>
  /** A server of its own that has done nothing before, with the same resources. */
  withOwnServer<T>(work: (bench: Bench) => Promise<T>): Promise<T>
}

/** What is measured: the promised sizes, or smaller ones of a trial. */
export type Extent = { readonly size: BenchSize; readonly pairsAtMost: number }

const WORKSPACE = 'bench'

/** All repositories, the database and the caches of a run lie in one folder: TANDEM_BENCH_DIR, else the temporary one. */
export async function withBench<T>(
  extent: Extent,
  note: (line: string) => void,
  work: (bench: Bench) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(process.env.TANDEM_BENCH_DIR ?? tmpdir(), 'tandem-bench-'))
  const https = await startGitHttpServer()
  const servers = new Set<BenchServer>()
  const tidy = async () => {
    for (const server of servers) await server.stop()
    await https.stop()
    await rm(folder, { recursive: true, force: true })
  }
  let stopping = false
  const interrupted = () => {
    stopping = true
    void tidy().finally(() => process.exit(130))
  }
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted)
  try {
    return await withServer({ folder, https, note, extent, servers }, work)
  } catch (error) {
    // What was under way fails when its server is taken away: the person asked for that.
    if (stopping) await new Promise(() => {})
    throw error
  } finally {
    process.off('SIGINT', interrupted).off('SIGTERM', interrupted)
    await tidy()
  }
}

type House = Pick<Bench, 'folder' | 'note'> & {
  readonly https: Parameters<typeof createRemote>[1]
  readonly extent: Extent
  /** Those that run: an interrupted bench stops them. */
  readonly servers: Set<BenchServer>
}

async function withServer<T>(house: House, work: (bench: Bench) => Promise<T>): Promise<T> {
  const { extent, https, note, servers } = house
  const folder = await mkdtemp(join(house.folder, 'server-'))
  const server = await startServer(folder, https.caFile ?? '')
  servers.add(server)
  const resources = [...generateRepository(extent.size)]
  note(`Importing ${resources.length} resources`)
  await importResources(server, WORKSPACE, resources)
  try {
    return await work(benchOf({ ...house, folder }, server, WORKSPACE, resources))
  } finally {
    servers.delete(server)
    await server.stop()
  }
}

function benchOf(
  house: House,
  server: BenchServer,
  workspace: string,
  resources: readonly BenchResource[],
): Bench {
  const { folder, note, https, extent } = house
  const another = async (name: string, others: readonly BenchResource[]) => {
    await importResources(server, name, others)
    return benchOf(house, server, name, others)
  }
  return {
    folder,
    note,
    server,
    workspace,
    resources,
    remote: (transport, name) => createRemote(folder, https, transport, name),
    pairs: (count) => Math.min(count, extent.pairsAtMost),
    withFew: (count) => another(`${workspace}-${count}`, resources.slice(0, count)),
    withWorkspaces: async (count, each) => {
      const names = Array.from({ length: count }, (_, i) => `${workspace}-beside-${i + 1}`)
      for (const other of names) await importResources(server, other, resources.slice(0, each))
      return names
    },
    withTimes: async (factor) => {
      const more = [...generateRepository(times(extent.size, factor))]
      // A connection that the server gave up meanwhile is not asked again once its end was heard.
      await new Promise((heard) => setTimeout(heard, 50))
      return another(`${workspace}-times-${factor}`, more)
    },
    withOwnServer: (own) => withServer(house, own),
  }
}

function times({ models, relationships }: BenchSize, factor: number): BenchSize {
  return { models: models * factor, relationships: relationships * factor }
}

/** One request takes 64 MiB at most. */
const AT_ONCE = 10_000

async function importResources(
  server: BenchServer,
  workspace: string,
  resources: readonly BenchResource[],
): Promise<void> {
  await server.ask('POST', '/workspaces', { slug: workspace, name: workspace })
  const source = { name: 'Warehouse', type: 'duckdb', config: {} }
  await server.ask('PUT', `/workspaces/${workspace}/sources/${BENCH_SOURCE}`, source)
  for (let from = 0; from < resources.length; from += AT_ONCE) {
    const some = resources.slice(from, from + AT_ONCE)
    const writes = some.map(({ kind, slug, value }) => ({ kind, slug, value }))
    await server.ask('POST', `/workspaces/${workspace}/changes`, { message: 'Import', writes })
  }
}
