import { setTimeout as pause } from 'node:timers/promises'
import { classifyPath, newPath } from '../../../src/core/format/classify.ts'
import { DEFAULT_LIMITS } from '../../../src/core/format/limits.ts'
import { printResource } from '../../../src/core/format/print.ts'
import { readResource } from '../../../src/core/format/read-file.ts'
import { applyChoices } from '../../../src/core/merge/apply-choices.ts'
import type { JsonObject } from '../../../src/core/model/json.ts'
import { isObject, sameJson } from '../../../src/core/model/json.ts'
import { type FileRef, resourceKey } from '../../../src/core/model/resource.ts'
import type { Plan } from '../../../src/core/plan/plan.ts'
import { syncConnection } from '../../../src/server/jobs/sync-connection.ts'
import { approveRun } from '../../../src/store/approve-run.ts'
import { type Conflict, listConflicts, resolveConflict, type Take } from '../../../src/store/conflicts.ts'
import { connectionOf, deleteConnection } from '../../../src/store/connections.ts'
import { getRun, type Run, requestSync } from '../../../src/store/runs.ts'
import { listDeleted, restoreDeleted } from '../../../src/store/tombstones.ts'
import { ANN, BOB } from '../engine.ts'
import { joinStyled, readStyled, styledYaml } from '../styled-yaml.ts'
import { type FileEdits, pushAs } from './git-people.ts'
import { marksIn } from './ledger.ts'
import { type Draw, drawFrom } from './random.ts'
import { breakPushes, PUSH_FAULTS } from './remote-faults.ts'
import type { Step, StepKind } from './steps.ts'
import { editedValue, MODEL_KINDS, MODEL_SLUGS, newModel, newRelationship } from './values.ts'
import type { ModelFile, ModelWorld } from './world.ts'

const SOURCES = ['warehouse', 'warehouse', 'warehouse', 'warehouse', 'lake'] as const

/** Does one step; what it came to in a few words, for the story of a broken law. */
export async function act(world: ModelWorld, step: Step): Promise<string> {
  const all = [...step.numbers]
  const draw = drawFrom(() => all.shift() ?? 0)
  if (!isRun(step.kind)) world.isFresh = false
  const unagreed = await marksNeverAgreed(world)
  const story = await ACTS[step.kind](world, draw)
  world.ledger.openDead(unagreed)
  await world.check()
  return `${step.kind}: ${story}`
}

/**
 * What is on both sides and was never agreed on: asked about since the first sync, or in a file that did not
 * come in (S14, S29). Without a base a deletion or a new name of one side says nothing about the other's.
 */
export async function marksNeverAgreed(world: ModelWorld): Promise<Set<string>> {
  const { db, workspace } = world.engine
  const asked = (await listConflicts(db, workspace.id)).filter(({ base }) => base === null)
  const marks = marksIn(asked.map(({ ours, theirs }) => [ours, theirs]))
  const agreed = await db.selectFrom('base').select('resource_id').execute()
  const ids = new Set(agreed.map((base) => base.resource_id))
  const inGit = marksIn((await world.files()).map(({ text }) => text))
  const onlyHere = (await world.resources()).filter(({ id }) => !ids.has(id))
  for (const mark of marksIn(onlyHere.map(({ value }) => value))) if (inGit.has(mark)) marks.add(mark)
  return marks
}

function isRun(kind: StepKind): boolean {
  return kind === 'sync' || kind === 'sync-lost'
}

const ACTS: Readonly<Record<StepKind, (world: ModelWorld, draw: Draw) => Promise<string>>> = {
  save: saveEdit,
  'save-new': saveNew,
  'save-delete': saveDelete,
  'save-rename': saveRename,
  'save-batch': saveBatch,
  restore,
  push: pushEdit,
  'push-new': pushNew,
  'push-delete': pushDelete,
  'push-move': pushMove,
  'push-restyle': pushRestyle,
  'push-note': pushNote,
  'push-guest': pushGuest,
  'push-manifest': pushManifest,
  'push-break': pushBreak,
  'push-repair': pushRepair,
  'push-unknown-source': pushUnknownSource,
  'push-force': pushForce,
  'push-many-deletes': pushManyDeletes,
  'branch-gone': branchGone,
  sync: plainSync,
  'sync-lost': syncLost,
  crash,
  race,
  triggers,
  'lose-cache': async (world) => {
    await world.loseCache()
    return 'gone'
  },
  reconnect,
  resolve,
  approve,
  'set-aside': setAside,
  'put-back': putBack,
}

// --- the studio

type Saved = Parameters<ModelWorld['engine']['save']>[0]

async function save(
  world: ModelWorld,
  draw: Draw,
  changes: Saved,
  before: unknown,
  after: unknown,
): Promise<string> {
  const outcome = await world.engine.save(changes, draw.once(2) ? ANN : BOB)
  if (outcome.kind === 'saved') world.ledger.edit(marksIn(before), marksIn(after))
  return outcome.kind
}

async function saveEdit(world: ModelWorld, draw: Draw): Promise<string> {
  const resources = await world.resources()
  if (resources.length === 0) return 'nothing there'
  const { kind, slug, value, revision } = draw.pick(resources)
  const next = editedValue(kind, value, world.ledger, draw)
  const said = await save(world, draw, { writes: [{ kind, slug, value: next, revision }] }, value, next)
  return `${kind}/${slug} ${said} ${changed(value, next)}`
}

function changed(before: unknown, after: unknown): string {
  const [was, is] = [marksIn(before), marksIn(after)]
  return `-${[...was].filter((m) => !is.has(m))} +${[...is].filter((m) => !was.has(m))}`
}

async function saveNew(world: ModelWorld, draw: Draw): Promise<string> {
  const made = newResource(
    world,
    draw,
    (await world.resources()).map(({ kind, slug }) => ({ kind, slug })),
  )
  const said = await save(
    world,
    draw,
    { writes: [{ ...made.ref, value: made.value, isNew: true }] },
    null,
    made.value,
  )
  return `${resourceKey(made.ref)} ${said}`
}

function newResource(
  world: ModelWorld,
  draw: Draw,
  present: readonly FileRef[],
): { ref: FileRef; value: JsonObject } {
  const models = present.filter(({ kind }) => kind !== 'model-relationships')
  if (models.length > 1 && draw.once(3)) {
    const [from, to] = [draw.pick(models).slug, draw.pick(models).slug]
    const slug = `${from}-${to}`
    return { ref: { kind: 'model-relationships', slug }, value: newRelationship(from, to, world.ledger) }
  }
  const ref = { kind: draw.pick(MODEL_KINDS), slug: draw.pick(MODEL_SLUGS) }
  return { ref, value: newModel(ref.kind, world.ledger, draw, draw.pick(SOURCES)) }
}

async function saveDelete(world: ModelWorld, draw: Draw): Promise<string> {
  const resources = await world.resources()
  if (resources.length === 0) return 'nothing there'
  const { kind, slug, value, revision } = draw.pick(resources)
  const deletes = [{ kind, slug, revision }]
  // With a model go the relationships that join it, as the page offers.
  const joins = resources.filter((r) => r.kind === 'model-relationships' && r.slug.split('-').includes(slug))
  const withJoins = kind === 'model-relationships' ? [] : joins
  const gone = [value, ...withJoins.map((r) => r.value)]
  const said = await save(
    world,
    draw,
    {
      deletes: [...deletes, ...withJoins.map((r) => ({ kind: r.kind, slug: r.slug, revision: r.revision }))],
    },
    gone,
    null,
  )
  return `${kind}/${slug} ${said}`
}

async function saveRename(world: ModelWorld, draw: Draw): Promise<string> {
  const models = (await world.resources()).filter(({ kind }) => kind !== 'model-relationships')
  if (models.length === 0) return 'nothing there'
  const { kind, slug } = draw.pick(models)
  const to = draw.pick([...MODEL_SLUGS, 'f', 'g'])
  const said = await save(world, draw, { renames: [{ kind, from: slug, to }] }, null, null)
  return `${kind}/${slug} to ${to} ${said}`
}

async function saveBatch(world: ModelWorld, draw: Draw): Promise<string> {
  const resources = await world.resources()
  const edited = new Map<string, { before: JsonObject | null; write: NonNullable<Saved['writes']>[number] }>()
  for (let i = 0; i < 2 && resources.length > 0; i++) {
    const { kind, slug, value, revision } = draw.pick(resources)
    const next = editedValue(kind, value, world.ledger, draw)
    edited.set(resourceKey({ kind, slug }), { before: value, write: { kind, slug, value: next, revision } })
  }
  const made = newResource(world, draw, resources)
  if (!edited.has(resourceKey(made.ref)))
    edited.set(resourceKey(made.ref), {
      before: null,
      write: { ...made.ref, value: made.value, isNew: true },
    })
  const writes = [...edited.values()].map(({ write }) => write)
  const before = [...edited.values()].map((one) => one.before)
  const said = await save(
    world,
    draw,
    { writes, kind: 'batch' },
    before,
    writes.map(({ value }) => value),
  )
  return `${[...edited.keys()].join(', ')} ${said}`
}

async function restore(world: ModelWorld, draw: Draw): Promise<string> {
  const { db, workspace } = world.engine
  const { items } = await listDeleted(db, workspace.id, { limit: 20 })
  if (items.length === 0) return 'nothing deleted'
  const { id, kind, slug, value } = draw.pick(items)
  const outcome = await restoreDeleted(db, workspace.id, id, BOB)
  if (outcome.kind === 'saved') {
    // What it held may also live on elsewhere: under a slug that took it over, or in a file that has it still.
    world.ledger.openDead(marksIn(value))
  }
  return `${kind}/${slug} ${outcome.kind}`
}

// --- people at Git

async function push(
  world: ModelWorld,
  draw: Draw,
  edits: (files: readonly ModelFile[]) => FileEdits | null,
): Promise<string> {
  const person = draw.once(2) ? 'Pat' : 'Quinn'
  for (let i = 0; i < 5; i++) {
    const parent = await world.objects.head()
    const texts = await world.objects.texts(parent)
    const made = edits([...texts].flatMap(([path, text]) => (isOurs(world, path) ? [{ path, text }] : [])))
    if (made === null || made.size === 0) return 'nothing to push'
    if (!(await pushAs(world.dir, person, parent, made))) continue
    // As one commit: what moved from a file to another is neither gone nor new.
    const before = [...made.keys()].flatMap((path) => [...marksIn(texts.get(path) ?? '')])
    const after = [...made.values()].flatMap((text) => [...marksIn(text ?? '')])
    world.ledger.edit(before, after)
    for (const [path, text] of made)
      for (const mark of marksIn(text ?? '')) if (mark.startsWith('n')) world.notes.set(mark, path)
    return `${person} ${[...made].map(([path, text]) => `${text === null ? '-' : ''}${path} ${changed(texts.get(path) ?? '', text ?? '')}`).join(', ')}`
  }
  return 'lost every race'
}

function isOurs(world: ModelWorld, path: string): boolean {
  return classifyPath(path).kind === 'resource' && !world.guests.has(path)
}

function read(file: ModelFile): { ref: FileRef; value: JsonObject } | null {
  const found = classifyPath(file.path)
  if (found.kind !== 'resource') return null
  const result = readResource(file.path, found.ref, file.text, DEFAULT_LIMITS)
  return result.kind === 'resource' ? { ref: found.ref, value: result.value } : null
}

/** Canonical, in the file's own style with one mark changed, or written anew in some other style. */
async function pushEdit(world: ModelWorld, draw: Draw): Promise<string> {
  return push(world, draw, (files) => {
    const usable = files.filter((file) => read(file) !== null)
    if (usable.length === 0) return null
    const edits = new Map<string, string>()
    for (let i = 0; i < 1 + draw.below(2); i++) {
      const file = draw.pick(usable)
      edits.set(file.path, editedText(world, file, draw))
    }
    return edits
  })
}

function editedText(world: ModelWorld, file: ModelFile, draw: Draw): string {
  const one = read(file)
  if (!one) return file.text
  const isCanonical = file.text === printResource(one.ref.kind, one.value)
  if (!isCanonical && draw.below(3) > 0) {
    const marks = [...marksIn(one.value)]
    if (marks.length > 0)
      return file.text.replace(new RegExp(`\\b${draw.pick(marks)}\\b`), world.ledger.mint())
  }
  const value = editedValue(one.ref.kind, one.value, world.ledger, draw)
  return draw.once(3) ? styled(value, draw) : keepingNotes(file.text, printResource(one.ref.kind, value))
}

function styled(value: JsonObject, draw: Draw): string {
  const choose = (n: number) => draw.below(n)
  const text = joinStyled(styledYaml(value, choose, { anchors: false }), choose)
  return sameJson(readStyled(text), value) ? text : printResource('models', value)
}

function keepingNotes(old: string, text: string): string {
  return (/^(?:# n\d+q\n)+/.exec(old)?.[0] ?? '') + text
}

async function pushNew(world: ModelWorld, draw: Draw): Promise<string> {
  const resources = await world.resources()
  const inGit = await world.namesInGit()
  return push(world, draw, (files) => {
    const refs = files.flatMap((file) => read(file)?.ref ?? [])
    const { ref, value } = newResource(world, draw, refs)
    if (files.some(({ path }) => keyOf(path) === resourceKey(ref))) return null
    // Gone and back between two syncs is a change, and a change leaves the blocks that it does not manage (F11).
    const present = resources.find((one) => [resourceKey(one), inGit.get(one.id)].includes(resourceKey(ref)))
    if (present) world.ledger.openDead(marksIn(blocksOf(present.value)))
    const path = draw.once(4) ? newPath(ref).replace(/\/([^/]+)$/, '/sub/$1') : newPath(ref)
    return new Map([[path, draw.once(3) ? styled(value, draw) : printResource(ref.kind, value)]])
  })
}

function keyOf(path: string): string | null {
  const found = classifyPath(path)
  return found.kind === 'resource' ? resourceKey(found.ref) : null
}

async function pushDelete(world: ModelWorld, draw: Draw): Promise<string> {
  return push(world, draw, (files) => {
    if (files.length === 0) return null
    const { path } = draw.pick(files)
    const found = classifyPath(path)
    const slug = found.kind === 'resource' ? found.ref.slug : ''
    const joins = files.filter(
      (file) =>
        file.path.includes('model-relationships') &&
        keyOf(file.path)?.split(':')[1]?.split('-').includes(slug),
    )
    // Now and then somebody forgets the relationships: a commit with an error (S15).
    const gone = draw.once(5) ? [path] : [path, ...joins.map((file) => file.path)]
    return new Map(gone.map((one) => [one, null]))
  })
}

async function pushMove(world: ModelWorld, draw: Draw): Promise<string> {
  return push(world, draw, (files) => {
    const file = files.length > 0 ? draw.pick(files) : null
    const found = file && classifyPath(file.path)
    if (!file || found?.kind !== 'resource') return null
    const to = file.path.includes('/sub/')
      ? newPath(found.ref)
      : newPath(found.ref).replace(/\/([^/]+)$/, '/sub/$1')
    if (to === file.path || files.some(({ path }) => path === to)) return null
    return new Map<string, string | null>([
      [file.path, null],
      [to, file.text],
    ])
  })
}

async function pushRestyle(world: ModelWorld, draw: Draw): Promise<string> {
  return push(world, draw, (files) => {
    const usable = files.filter((file) => read(file) !== null)
    if (usable.length === 0) return null
    const file = draw.pick(usable)
    return new Map([[file.path, styled(read(file)?.value ?? {}, draw)]])
  })
}

async function pushNote(world: ModelWorld, draw: Draw): Promise<string> {
  return push(world, draw, (files) => {
    const usable = files.filter((file) => read(file) !== null && !file.text.startsWith('\uFEFF'))
    if (usable.length === 0) return null
    const file = draw.pick(usable)
    return new Map([[file.path, `# ${world.ledger.mint('note')}\n${file.text}`]])
  })
}

async function pushGuest(world: ModelWorld, draw: Draw): Promise<string> {
  const path = draw.pick(['README.md', 'schema/parent-models/notes.txt', 'models/dbt.yml'])
  const text = `version: 2\nmodels: []\n# ${draw.below(1000)}\n`
  const parent = await world.objects.head()
  if (!(await pushAs(world.dir, 'Pat', parent, new Map([[path, text]])))) return 'lost the race'
  world.guests = new Map([...world.guests, [path, text]])
  return path
}

/** The manifest in another order: no reason for anybody to write it (F16). */
async function pushManifest(world: ModelWorld, draw: Draw): Promise<string> {
  const path = `manifest-${world.slug}.yaml`
  const parent = await world.objects.head()
  const text = (await world.objects.texts(parent)).get(path)
  if (text === undefined) return 'there is none'
  const value = readStyled(text)
  if (!isObject(value)) return 'it is empty'
  const turned = Object.fromEntries(Object.entries(value).reverse())
  await pushAs(world.dir, 'Quinn', parent, new Map([[path, styled(turned, draw)]]))
  return 'in another order'
}

const BREAKS: readonly ((text: string) => string)[] = [
  (text) => `${text}\n{ : [\n`,
  (text) => text.replace(/^(\s*)["']?source["']?\s*:/m, '$1sauce:'),
  (text) => text.replace(/^["']?cardinality["']?\s*:.*$/m, 'cardinality: few'),
  (text) => text.replace(/^["']?name["']?\s*:/m, 'nmae:'),
  (text) => text.replace(/\bslug: ["']?(\w+)["']?/, 'slug: nowhere'),
]

async function pushBreak(world: ModelWorld, draw: Draw): Promise<string> {
  let made: { path: string; good: string; bad: string } | null = null
  const said = await push(world, draw, (files) => {
    const usable = files.filter((file) => read(file) !== null && !world.broken.has(file.path))
    if (usable.length === 0) return null
    const { path, text } = draw.pick(usable)
    const bad = draw.pick(BREAKS)(text)
    if (bad === text || marksIn(bad).size !== marksIn(text).size) return null
    made = { path, good: text, bad }
    return new Map([[path, bad]])
  })
  const { path, good, bad } = made ?? { path: null, good: '', bad: '' }
  if (path !== null) world.broken.set(path, { good, bad })
  return said
}

async function pushRepair(world: ModelWorld, draw: Draw): Promise<string> {
  if (world.broken.size === 0) return 'nothing is broken'
  const path = draw.pick([...world.broken.keys()])
  return repair(world, draw, path)
}

export async function repair(world: ModelWorld, draw: Draw, path: string): Promise<string> {
  const entry = world.broken.get(path)
  world.broken.delete(path)
  return push(world, draw, (files) => {
    const present = files.find((file) => file.path === path)?.text
    if (!entry || present !== entry.bad) return null
    return new Map([[path, entry.good]])
  })
}

async function pushUnknownSource(world: ModelWorld, draw: Draw): Promise<string> {
  return push(world, draw, (files) => {
    const usable = files.filter((file) => read(file)?.value.source !== undefined)
    if (usable.length === 0) return null
    const file = draw.pick(usable)
    const one = read(file)
    if (!one) return null
    const text = printResource(one.ref.kind, { ...one.value, source: 'later' })
    return new Map([[file.path, keepingNotes(file.text, text)]])
  })
}

async function pushForce(world: ModelWorld, draw: Draw): Promise<string> {
  const head = await world.objects.head()
  if (head === null) return 'no branch'
  let back = head
  for (let i = 0; i < 1 + draw.below(3); i++) back = (await world.objects.commit(back)).parents[0] ?? back
  if (back === head) return 'nothing to drop'
  const before = await marksAt(world, head)
  const note = new Map([['README.md', `rewritten ${draw.below(1000)}\n`]])
  if (draw.once(2)) await pushAs(world.dir, 'Pat', back, note, { force: true })
  else await world.git('update-ref', 'refs/heads/main', back)
  const guests = await world.objects.texts(await world.objects.head())
  world.guests = new Map(
    [...world.guests.keys(), 'README.md'].flatMap((path) => {
      const text = guests.get(path)
      return text === undefined ? [] : [[path, text] as const]
    }),
  )
  await dropped(world, before)
  return `back to ${back.slice(0, 7)} from ${head.slice(0, 7)}`
}

async function marksAt(world: ModelWorld, commit: string | null): Promise<Set<string>> {
  const texts = await world.objects.texts(commit)
  return new Set([...texts].flatMap(([path, text]) => (isOurs(world, path) ? [...marksIn(text)] : [])))
}

/** What a forced push dropped: kept by the workspace where it was there, anybody's guess where it was not. */
async function dropped(world: ModelWorld, before: ReadonlySet<string>): Promise<void> {
  const after = await marksAt(world, await world.objects.head())
  const inApp = new Set((await world.resources()).flatMap(({ value }) => [...marksIn(value)]))
  const gone = [...before].filter((mark) => !after.has(mark))
  world.ledger.open(gone.filter((mark) => !inApp.has(mark)))
  world.ledger.openDead([...after, ...inApp])
  for (const mark of after) if (!before.has(mark)) world.ledger.open([mark])
  for (const mark of gone) world.dropped.add(mark)
  world.broken.clear()
}

async function pushManyDeletes(world: ModelWorld, draw: Draw): Promise<string> {
  return push(world, draw, (files) => {
    if (files.length < 6) return null
    return new Map(files.slice(0, 6 + draw.below(3)).map(({ path }) => [path, null]))
  })
}

async function branchGone(world: ModelWorld): Promise<string> {
  const head = await world.objects.head()
  if (head === null) return 'no branch'
  const before = await marksAt(world, head)
  await world.git('update-ref', '-d', 'refs/heads/main')
  world.guests = new Map()
  await dropped(world, before)
  return 'gone'
}

// --- the engine

const REQUESTS = [
  {},
  { full: true },
  { full: true, verify: true },
  { trigger: 'webhook' },
  { trigger: 'poll' },
] as const

async function plainSync(world: ModelWorld, draw: Draw): Promise<string> {
  if (!world.connected) return 'not connected'
  const run = await world.sync(draw.once(2) ? {} : draw.pick(REQUESTS))
  return told(run)
}

export function told(run: Run): string {
  const counts = Object.entries(run.counts).flatMap(([name, n]) => (n > 0 ? [`${name} ${n}`] : []))
  return [run.state, run.problem?.code, ...counts].filter(Boolean).join(' ')
}

async function syncLost(world: ModelWorld, draw: Draw): Promise<string> {
  const fault = draw.pick(PUSH_FAULTS)
  await breakPushes(world.dir, fault)
  const run = await world.sync()
  await breakPushes(world.dir, null)
  return `${fault}: ${told(run)}`
}

async function crash(world: ModelWorld, draw: Draw): Promise<string> {
  const ms = draw.below(250)
  await world.crash(ms, draw.once(2))
  return `after ${ms} ms`
}

/** Everybody at once: a run, saves of two people, pushes of two people, and another worker. */
async function race(world: ModelWorld, draw: Draw): Promise<string> {
  const own = () => {
    const numbers = Array.from({ length: 60 }, () => draw.below(2 ** 30))
    return drawFrom(() => numbers.shift() ?? 0)
  }
  const later = async (what: (world: ModelWorld, draw: Draw) => Promise<string>) => {
    const mine = own()
    await pause(mine.below(200))
    return what(world, mine)
  }
  const connection = await connectionOf(world.engine.db, world.engine.workspace.id)
  if (!connection) return 'not connected'
  const [run, ...others] = await Promise.all([
    world.engine.sync(),
    later(saveEdit),
    later(pushEdit),
    ...(draw.once(2) ? [later(saveNew), later(pushNew)] : []),
    ...(draw.once(3) ? [later(saveDelete)] : []),
    ...(draw.once(3) ? [later(pushDelete)] : []),
    later(async () => {
      await syncConnection(world.context, `other-${draw.below(100)}`, connection.id, 'poll', ALWAYS)
      return 'another worker'
    }),
  ])
  world.isFresh = false
  if (run.problem?.code === 'internal') throw new Error('a run ended with a fault of its own')
  return [told(run), ...others].join('; ')
}

const ALWAYS = new AbortController().signal

/** Runs asked for several times over and in any order; jobs that find nothing to do. */
async function triggers(world: ModelWorld, draw: Draw): Promise<string> {
  const connection = await connectionOf(world.engine.db, world.engine.workspace.id)
  if (!connection?.activeSince) return 'not connected'
  const ids = []
  for (let i = 0; i < 2 + draw.below(3); i++) {
    const trigger = draw.pick(['webhook', 'poll', 'manual', 'save'] as const)
    ids.push(await requestSync(world.engine.db, connection, { trigger, actor: null, full: draw.once(4) }))
  }
  const job = (hint: 'save' | 'poll') =>
    syncConnection(world.context, `w-${hint}`, connection.id, hint, ALWAYS)
  await Promise.all([job('save'), job('poll')])
  await job('poll')
  await job('save')
  const states = []
  for (const id of ids)
    states.push((await getRun(world.engine.db, world.engine.workspace.id, id))?.state ?? 'gone')
  return states.join(', ')
}

async function reconnect(world: ModelWorld): Promise<string> {
  await deleteConnection(world.engine.db, world.engine.workspace.id)
  await world.engine.connect({ url: world.url })
  // There is no base any more: what was deleted on one side alone comes back from the other (S29).
  world.ledger.openDead(await world.visible())
  const run = await world.sync()
  world.ledger.copied(await world.shared())
  return `anew: ${told(run)}`
}

async function resolve(world: ModelWorld, draw: Draw): Promise<string> {
  const conflicts = await listConflicts(world.engine.db, world.engine.workspace.id)
  if (conflicts.length === 0) return 'nothing to resolve'
  const { id } = draw.pick(conflicts)
  return resolveAs(world, id, draw.pick(['workspace', 'git', 'edited'] as const))
}

export async function resolveAs(
  world: ModelWorld,
  id: string,
  how: 'workspace' | 'git' | 'edited',
): Promise<string> {
  const { db, workspace } = world.engine
  const conflict = (await listConflicts(db, workspace.id)).find((one) => one.id === id)
  if (!conflict) return 'gone'
  const { kind, slug, ours, theirs } = conflict
  const value = ours ?? theirs
  const edited = value && { ...value, folder: `Settled ${world.ledger.mint()}` }
  const take: Take = how === 'edited' && edited ? { value: edited } : how === 'edited' ? 'git' : how
  // Renamed and edited, in commits that a forced push dropped: its old file is another one now.
  world.ledger.copied(await world.shared())
  const outcome = await resolveConflict(db, workspace.id, id, { take, ours, theirs, actor: BOB })
  if (outcome.kind === 'resolved') {
    const { won, lost } = sidesTaken(conflict, take)
    world.ledger.edit([...marksIn(won), ...marksIn(lost)], marksIn(won))
    // Chosen, it may be there again; so may blocks that the file does not manage (F11).
    world.ledger.openDead([...marksIn(won), ...marksIn(blocksOf(ours))])
  }
  return `${kind}/${slug} ${typeof take === 'string' ? take : 'edited'} ${outcome.kind} ${marks(ours)} | ${marks(theirs)}`
}

/** What a resolution keeps for certain and what it takes out: a side stands for the fields in conflict (S4). */
function sidesTaken(conflict: Conflict, take: Take): { won: unknown; lost: unknown } {
  const { kind, base, ours, theirs, isFirst, choices } = conflict
  if (typeof take !== 'string') return { won: take.value, lost: [ours, theirs] }
  const side = take === 'workspace' ? 'ours' : 'theirs'
  const [won, lost] = side === 'ours' ? [ours, theirs] : [theirs, ours]
  const chosen = new Map(choices.map(({ path }) => [path, side] as const))
  const byField = applyChoices(kind, { base, ours, theirs, isFirst }, chosen)
  if (choices.length === 0 || byField.kind !== 'resolved') return { won, lost }
  const fields = choices.map((choice) => (side === 'ours' ? choice.theirs : choice.ours) ?? null)
  return { won: byField.value, lost: fields }
}

function marks(value: unknown): string {
  return [...marksIn(value)].join(',')
}

function blocksOf(value: JsonObject | null): JsonObject {
  const { columns = null, tags = null, folder = null } = value ?? {}
  return { columns, tags, folder }
}

async function approve(world: ModelWorld, draw: Draw): Promise<string> {
  const run = world.lastRun
  // Written by the run from a Plan.
  const held = (run?.plan as unknown as Plan | null)?.held ?? []
  if (!run || held.length === 0) return 'nothing is held'
  return approveAs(world, run, draw.pick(held).digest, draw.once(3) ? 'give-up' : 'send')
}

export async function approveAs(
  world: ModelWorld,
  run: Run,
  digest: string,
  choice: 'send' | 'give-up',
): Promise<string> {
  const { db, workspace } = world.engine
  const outcome = await approveRun(db, workspace.id, run.id, { digest, dropped: choice, actor: ANN })
  if (outcome.kind !== 'approved') return outcome.kind
  if (choice === 'give-up') world.ledger.open(world.dropped)
  // Sent again is all that the workspace has, also what was taken out of the new history meanwhile (S16).
  else world.ledger.openDead(await world.visible())
  await world.engine.job()
  const next = await getRun(db, workspace.id, outcome.runId)
  if (next) {
    world.lastRun = next
    await world.checkRun(next)
  }
  return `${choice} ${next ? told(next) : 'gone'}`
}

function faultyFiles(run: Run | null): string[] {
  const errors = (run?.diagnostics ?? []).filter(({ severity }) => severity === 'error')
  return [...new Set(errors.map(({ file }) => file))].filter((file) => classifyPath(file).kind === 'resource')
}

async function setAside(world: ModelWorld): Promise<string> {
  const files = faultyFiles(world.lastRun)
  if (files.length === 0 || !world.connected) return 'nothing faulty'
  return told(await world.sync({ setAside: files }))
}

/** The commits that put something back are somebody's wish: what they take out was seen. */
async function putBack(world: ModelWorld): Promise<string> {
  if (!world.connected) return 'not connected'
  const before = await marksAt(world, await world.objects.head())
  const run = await world.engine.sync({ putBack: true, actor: BOB })
  const head = await world.objects.head()
  let oid = head
  const out = new Set<string>()
  const back = new Set<string>()
  for (let i = 0; i < 20 && oid !== null; i++) {
    const commit = await world.objects.commit(oid)
    const parent = commit.parents[0] ?? null
    if (commit.subject.startsWith('Put back')) {
      const [was, is] = [await marksAt(world, parent), await marksAt(world, oid)]
      for (const mark of was) if (!is.has(mark)) out.add(mark)
      for (const mark of is) if (!was.has(mark)) back.add(mark)
      break
    }
    oid = parent
  }
  world.ledger.open([...out].filter((mark) => before.has(mark)))
  world.ledger.openDead(back)
  world.lastRun = run
  await world.checkRun(run)
  return told(run)
}
