import { randomUUID } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { classifyPath } from '../../../src/core/format/classify.ts'
import { DEFAULT_LIMITS } from '../../../src/core/format/limits.ts'
import { keepUnmanaged, normalize, sameValue } from '../../../src/core/format/normalize.ts'
import { readResource } from '../../../src/core/format/read-file.ts'
import { type ResourceKey, resourceKey } from '../../../src/core/model/resource.ts'
import type { Plan } from '../../../src/core/plan/plan.ts'
import type { JobContext } from '../../../src/server/jobs/context.ts'
import { syncConnection } from '../../../src/server/jobs/sync-connection.ts'
import { connectionOf } from '../../../src/store/connections.ts'
import { openDatabase } from '../../../src/store/database.ts'
import { type Run, type RunRequest, requestSync } from '../../../src/store/runs.ts'
import { releaseWorkers } from '../../../src/store/workers.ts'
import { createWorkspace } from '../../../src/store/workspaces.ts'
import { ANN, side } from '../engine.ts'
import { createBare, plainGit } from '../git-bare.ts'
import { commitFaults } from './commit-laws.ts'
import { GitObjects } from './git-objects.ts'
import { Ledger, marksIn } from './ledger.ts'
import { type Resource, resourcesOf } from './workspace-side.ts'

/** A broken law, with what it was about. */
export class LawBroken extends Error {
  override name = 'LawBroken'
}

export type ModelFile = { readonly path: string; readonly text: string }

/** Folder and database that the sequences of one lane share. */
export type ModelHome = {
  readonly context: JobContext
  readonly dir: string
  /** A fresh bare repository and the address at which the engine finds it. */
  readonly remote: (name: string) => Promise<{ readonly dir: string; readonly url: string }>
}

/** One workspace and one repository with the real engine between them, and the laws that hold after every step. */
export class ModelWorld {
  readonly ledger = new Ledger()
  readonly objects: GitObjects
  readonly slug: string
  readonly dir: string
  readonly url: string
  readonly home: ModelHome
  readonly engine: ReturnType<typeof side>
  /** Paths of files that somebody broke, with the text before and after. */
  readonly broken = new Map<string, { readonly good: string | null; readonly bad: string | null }>()
  /** What forced pushes dropped since anything was approved. */
  readonly dropped = new Set<string>()
  /** Comments: the files in which they stand. */
  readonly notes = new Map<string, string>()
  guests: ReadonlyMap<string, string> = new Map()
  checkedHead: string | null = null
  lastRun: Run | null = null
  /** What the last run said is still so: nothing was edited since. */
  isFresh = false
  connected = false

  private constructor(
    home: ModelHome,
    slug: string,
    remote: { dir: string; url: string },
    engine: ReturnType<typeof side>,
  ) {
    this.home = home
    this.slug = slug
    this.dir = remote.dir
    this.url = remote.url
    this.engine = engine
    this.objects = new GitObjects(remote.dir)
  }

  static async open(home: ModelHome): Promise<ModelWorld> {
    const slug = `w-${randomUUID().slice(0, 12)}`
    const remote = await home.remote(slug)
    const workspace = await createWorkspace(home.context.db, { slug, name: slug })
    if (!workspace) throw new Error('the slug is taken')
    return new ModelWorld(home, slug, remote, side(home.context, workspace))
  }

  async close(): Promise<void> {
    this.objects.close()
    const connection = await connectionOf(this.engine.db, this.engine.workspace.id)
    if (connection) await rm(join(this.home.context.gitCacheDir, `${connection.id}.git`), GONE)
    await rm(this.dir, GONE)
  }

  resources(): Promise<Resource[]> {
    return resourcesOf(this.engine.db, this.engine.workspace.id)
  }

  /** By id, the name that both sides agreed on last: a rename that waits in the app is not in it. */
  async namesInGit(): Promise<Map<string, ResourceKey>> {
    const rows = await this.engine.db
      .selectFrom('base')
      .innerJoin('resource', 'resource.id', 'base.resource_id')
      .select(['base.resource_id as id', 'base.kind', 'base.slug'])
      .where('resource.workspace_id', '=', this.engine.workspace.id)
      .execute()
    return new Map(rows.map((row) => [row.id, resourceKey(row)]))
  }

  /** Files at the head that could be resources. */
  async files(): Promise<ModelFile[]> {
    const texts = await this.objects.texts(await this.objects.head())
    return [...texts].flatMap(([path, text]) =>
      classifyPath(path).kind === 'resource' && !this.guests.has(path) ? [{ path, text }] : [],
    )
  }

  /** Marks that more than one resource has: renamed on one side alone, it is another one to a new connection. */
  async shared(): Promise<Set<string>> {
    const inGit = (await this.files()).flatMap(({ path, text }) => {
      const file = classifyPath(path)
      return file.kind === 'resource' ? [[resourceKey(file.ref), marksIn(text)] as const] : []
    })
    const inApp = (await this.resources()).map((one) => [resourceKey(one), marksIn(one.value)] as const)
    const holders = new Map<string, Set<string>>()
    for (const [key, marks] of [...inGit, ...inApp])
      for (const mark of marks) holders.set(mark, (holders.get(mark) ?? new Set()).add(key))
    return new Set([...holders].flatMap(([mark, keys]) => (keys.size > 1 ? [mark] : [])))
  }

  async visible(): Promise<Set<string>> {
    const inGit = (await this.files()).flatMap(({ text }) => [...marksIn(text)])
    const inApp = (await this.resources()).flatMap(({ value }) => [...marksIn(value)])
    return new Set([...inGit, ...inApp])
  }

  /** One run asked for and done, with the laws checked after it. */
  async sync(request: Partial<RunRequest> = {}): Promise<Run> {
    const run = await this.engine.sync({ actor: ANN, ...request })
    this.lastRun = run
    this.isFresh = true
    await this.checkRun(run)
    return run
  }

  /** A run of a process that dies after a while: its database goes away, and perhaps its git with it. */
  async crash(afterMs: number, takesGitAlong: boolean): Promise<void> {
    const { context, engine } = this
    const name = `model-${randomUUID()}`
    const url = `${context.databaseUrl}?application_name=${name}`
    const db = openDatabase(url, { max: 3 })
    const worker = randomUUID()
    const connection = await connectionOf(engine.db, engine.workspace.id)
    if (!connection) return
    await requestSync(engine.db, connection, { trigger: 'manual', actor: ANN })
    const stop = new AbortController()
    const life = syncConnection({ ...context, db }, worker, connection.id, 'save', stop.signal).catch(
      () => {},
    )
    await Promise.race([life, pause(afterMs)])
    const ended = db.destroy().catch(() => {})
    if (takesGitAlong) stop.abort()
    await this.#terminate(name)
    await Promise.all([life, ended])
    await this.#terminate(name)
    // What the others' heartbeat does once the process is known to be dead (S26).
    await releaseWorkers(engine.db, [worker])
    this.isFresh = false
  }

  async #terminate(name: string): Promise<void> {
    const { sql } = await import('kysely')
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = ${name}`.execute(
      this.engine.db,
    )
  }

  get context(): JobContext {
    return this.home.context
  }

  async loseCache(): Promise<void> {
    const connection = await connectionOf(this.engine.db, this.engine.workspace.id)
    if (connection) await rm(join(this.context.gitCacheDir, `${connection.id}.git`), GONE)
  }

  /** Laws that hold at any moment at which nothing runs. */
  async check(): Promise<void> {
    await this.#checkCommits()
    await this.#checkGuests()
    const visible = await this.visible()
    const lost = []
    const paths = new Set((await this.files()).map(({ path }) => path))
    for (const mark of this.ledger.lost(visible)) {
      const home = this.notes.get(mark)
      // A comment goes with its file.
      if (home !== undefined && !paths.has(home)) this.ledger.open([mark])
      else lost.push(mark)
    }
    if (lost.length > 0) throw new LawBroken(`[S6] edits are lost: ${lost.join(', ')}`)
  }

  async #checkCommits(): Promise<void> {
    const head = await this.objects.head()
    const faults: string[] = []
    const seen = new Set<string>()
    const walk = head === null ? [] : [head]
    for (let oid = walk.pop(); oid !== undefined && oid !== this.checkedHead; oid = walk.pop()) {
      if (seen.has(oid) || this.#good.has(oid)) continue
      seen.add(oid)
      const commit = await this.objects.commit(oid)
      if (commit.committer === 'Tandem') faults.push(...(await commitFaults(this.objects, commit, this.slug)))
      walk.push(...commit.parents)
    }
    if (faults.length > 0) throw new LawBroken(`[S8] [S9] [F14] ${faults.join('\n')}`)
    for (const oid of seen) this.#good.add(oid)
    this.checkedHead = head
  }
  readonly #good = new Set<string>()

  async #checkGuests(): Promise<void> {
    const texts = await this.objects.texts(await this.objects.head())
    for (const [path, text] of this.guests) {
      if (texts.get(path) !== text) throw new LawBroken(`[F4] [S9] ${path}, a guest, is not as it was`)
    }
  }

  async checkRun(run: Run): Promise<void> {
    if (run.problem?.code === 'internal') throw new LawBroken(`[S24] a run ended with a fault of its own`)
    if (run.finished_at === null && run.state !== 'queued')
      throw new LawBroken(`[S24] a run is left ${run.state}`)
    await this.check()
    if (run.state !== 'succeeded' && run.state !== 'nothing-to-do') return
    // Written by the run from a Plan.
    const plan = run.plan as unknown as Plan | null
    if (plan && !plan.stopped && plan.held.length === 0) await this.#checkAccounts(plan)
  }

  /** Every difference of the sides is a conflict, set aside, pending or waiting, with its reason. */
  async #checkAccounts(plan: Plan): Promise<void> {
    const entries = [...plan.conflicts, ...plan.waiting, ...plan.aside, ...plan.pending]
    const mute = entries.filter(({ reason }) => reason.trim() === '')
    if (mute.length > 0) throw new LawBroken(`[S6] without a reason: ${JSON.stringify(mute)}`)
    const known = new Set<string>(
      entries.flatMap((entry) => {
        const found = entry.path === null ? null : classifyPath(entry.path)
        const from =
          'from' in entry && entry.from ? [resourceKey({ kind: entry.kind, slug: entry.from })] : []
        return [resourceKey(entry), ...from, ...(found?.kind === 'resource' ? [resourceKey(found.ref)] : [])]
      }),
    )
    // A renamed resource is told by the name that its file still has.
    const old = await this.#basesByName()
    const untold = (await this.differences()).filter(
      (key) => !known.has(key) && !known.has(old.get(key) ?? key),
    )
    if (untold.length > 0)
      throw new LawBroken(`[S6] differs on both sides and nothing says so: ${untold.join(', ')}`)
  }

  /** The name in Git of every resource, by its name in the workspace. */
  async #basesByName(): Promise<Map<string, string>> {
    const rows = await this.engine.db
      .selectFrom('base')
      .innerJoin('resource', 'resource.id', 'base.resource_id')
      .select(['base.kind', 'base.slug as inGit', 'resource.slug'])
      .where('resource.workspace_id', '=', this.engine.workspace.id)
      .execute()
    return new Map(
      rows.map(({ kind, inGit, slug }) => [resourceKey({ kind, slug }), resourceKey({ kind, slug: inGit })]),
    )
  }

  /** Keys of resources that are not equal on both sides. */
  async differences(): Promise<string[]> {
    const ours = new Map<string, Resource>(
      (await this.resources()).map((resource) => [resourceKey(resource), resource]),
    )
    const theirs = new Map<string, ReturnType<typeof readResource>>()
    for (const { path, text } of await this.files()) {
      const found = classifyPath(path)
      if (found.kind !== 'resource') continue
      theirs.set(resourceKey(found.ref), readResource(path, found.ref, text, DEFAULT_LIMITS))
    }
    return [...new Set([...ours.keys(), ...theirs.keys()])].filter((key) => {
      const [resource, file] = [ours.get(key), theirs.get(key)]
      if (!resource || file?.kind !== 'resource') return true
      const value = normalize(resource.kind, file.value)
      return !sameValue(resource.kind, resource.value, keepUnmanaged(resource.kind, value, resource.value))
    })
  }

  async git(...args: string[]): Promise<string> {
    return plainGit(this.dir, args)
  }
}

const GONE = { recursive: true, force: true } as const

/** A remote beside the others in a folder, reached as a file. */
export function fileRemotes(dir: string): ModelHome['remote'] {
  return async (name) => {
    const remote = join(dir, `${name}.git`)
    await mkdir(dir, { recursive: true })
    await createBare(remote)
    return { dir: remote, url: `file://${remote}` }
  }
}
