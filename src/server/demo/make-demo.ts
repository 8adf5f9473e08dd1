import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { commitChangeSet } from '../../store/change-sets.ts'
import { connectionOf, putConnection } from '../../store/connections.ts'
import { requestSync } from '../../store/runs.ts'
import { createWorkspace, listWorkspaces, type Workspace, workspaceBySlug } from '../../store/workspaces.ts'
import { generateDemoWarehouse } from '../../warehouse/demo/generate.ts'
import { type Context, demoFolder } from '../context.ts'
import { waitForRun } from '../wait-for-run.ts'
import { DEMO_CONNECTIONS } from './connections.ts'
import { makeRepository } from './make-repository.ts'

const SLUG = 'staging'
const WORDS = 'workspace staging, a plant store with its own warehouse and Git repository'
const FIRST_SYNC_MS = 60_000
const ACTOR = { id: null, name: 'Tandem demo', email: 'demo@tandem.local' }

/**
 * The demo of an empty embedded database: a workspace on a generated warehouse, connected to a bare
 * repository in the data folder that holds the plant store's schema. Every step looks whether it is done,
 * so a start that was cut off is finished by the next.
 */
export async function makeDemo(context: Context): Promise<string | null> {
  const { config, db, embedded } = context
  if (!config.demo || embedded === null) return null
  const folder = demoFolder(config)
  const isMade = join(folder, 'made')
  if (existsSync(isMade)) return (await workspaceBySlug(db, SLUG)) ? WORDS : null
  if (!existsSync(folder) && (await listWorkspaces(db)).length > 0) return null
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const warehouse = join(folder, 'plant-store.duckdb')
  if (!existsSync(warehouse)) await generateDemoWarehouse(warehouse)
  const repository = await makeRepository(context, folder)
  const workspace = await ensureWorkspace(context, warehouse)
  await connect(context, workspace, repository)
  writeFileSync(isMade, '')
  return WORDS
}

async function ensureWorkspace({ db }: Context, warehouse: string): Promise<Workspace> {
  const there = await workspaceBySlug(db, SLUG)
  const workspace = there ?? (await createWorkspace(db, { slug: SLUG, name: 'Staging' }))
  if (workspace === null) throw new Error('the demo workspace is made by another server at the same time')
  const outcome = await commitChangeSet(db, {
    workspaceId: workspace.id,
    actor: ACTOR,
    kind: 'demo',
    message: null,
    writes: DEMO_CONNECTIONS(warehouse),
    deletes: [],
    renames: [],
  })
  if (outcome.kind !== 'saved') throw new Error(`the demo's sources were not saved: ${outcome.kind}`)
  return workspace
}

async function connect(context: Context, workspace: Workspace, repository: string): Promise<void> {
  const { db, secretKey } = context
  const before = await connectionOf(db, workspace.id)
  if (before?.activeSince) return
  const put = await putConnection(
    db,
    secretKey,
    workspace.id,
    {
      url: `file://${repository}`,
      branch: 'main',
      path: '',
      mode: 'direct',
      pollSeconds: 10,
      batchSeconds: 0,
      approval: false,
      shared: false,
      adopt: null,
      startFrom: null,
      firstSync: 'git',
      author: null,
      host: null,
    },
    { type: 'none' },
  )
  if (put.kind !== 'saved') throw new Error("the demo's repository is used by another workspace")
  const run = await requestSync(db, put.connection, { trigger: 'manual', actor: ACTOR })
  await waitForRun(context, workspace.id, run, FIRST_SYNC_MS)
}
