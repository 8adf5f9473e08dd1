import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startGitHttpServer } from '../test/support/git-http-server.ts'
import type { Figure } from './figure.ts'
import { BENCH_SOURCE, type BenchResource, generateRepository, TEN_THOUSAND } from './generate.ts'
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
  /** The same server with another workspace, of the first so many resources. */
  withFew(count: number): Promise<Bench>
}

const WORKSPACE = 'bench'

/** All repositories, the database and the caches of a run lie in one folder: TANDEM_BENCH_DIR, else the temporary one. */
export async function withBench<T>(
  note: (line: string) => void,
  work: (bench: Bench) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(process.env.TANDEM_BENCH_DIR ?? tmpdir(), 'tandem-bench-'))
  const https = await startGitHttpServer()
  let server: BenchServer | null = null
  const tidy = async () => {
    await server?.stop()
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
    server = await startServer(folder, https.caFile ?? '')
    const resources = [...generateRepository(TEN_THOUSAND)]
    note(`Importing ${resources.length} resources`)
    await importResources(server, WORKSPACE, resources)
    return await work(benchOf({ folder, https, server, note }, WORKSPACE, resources))
  } catch (error) {
    // What was under way fails when its server is taken away: the person asked for that.
    if (stopping) await new Promise(() => {})
    throw error
  } finally {
    process.off('SIGINT', interrupted).off('SIGTERM', interrupted)
    await tidy()
  }
}

type House = Pick<Bench, 'folder' | 'server' | 'note'> & {
  readonly https: Parameters<typeof createRemote>[1]
}

function benchOf(house: House, workspace: string, resources: readonly BenchResource[]): Bench {
  const { https, ...rest } = house
  return {
    ...rest,
    workspace,
    resources,
    remote: (transport, name) => createRemote(house.folder, https, transport, name),
    withFew: async (count) => {
      const few = resources.slice(0, count)
      await importResources(house.server, `${workspace}-${count}`, few)
      return benchOf(house, `${workspace}-${count}`, few)
    },
  }
}

async function importResources(
  server: BenchServer,
  workspace: string,
  resources: readonly BenchResource[],
): Promise<void> {
  await server.ask('POST', '/workspaces', { slug: workspace, name: workspace })
  const source = { name: 'Warehouse', type: 'duckdb', config: {} }
  await server.ask('PUT', `/workspaces/${workspace}/sources/${BENCH_SOURCE}`, source)
  const writes = resources.map(({ kind, slug, value }) => ({ kind, slug, value }))
  await server.ask('POST', `/workspaces/${workspace}/changes`, { message: 'Import', writes })
}
