import { classifyPath } from '../../../src/core/format/classify.ts'
import type { Plan } from '../../../src/core/plan/plan.ts'
import { listConflicts } from '../../../src/store/conflicts.ts'
import { ANN } from '../engine.ts'
import { source } from '../resources.ts'
import { approveAs, marksNeverAgreed, repair, resolveAs, told } from './acts.ts'
import { pushAs } from './git-people.ts'
import { marksIn } from './ledger.ts'
import type { Draw } from './random.ts'
import { breakPushes } from './remote-faults.ts'
import { LawBroken, type ModelWorld } from './world.ts'

const ROUNDS = 40
/** From here on whatever is named as faulty is taken out, for two good files may exclude each other. */
const PATIENCE = 8

/** Edits stop: what is broken is mended, what is asked is answered, and both sides must become equal (S6). */
export async function comeToRest(world: ModelWorld, draw: Draw, tell: (line: string) => void): Promise<void> {
  await breakPushes(world.dir, null)
  if (!world.connected) return
  await world.engine.saved({ writes: [source('later')] }, ANN)
  for (const path of [...world.broken.keys()]) tell(`rest: ${await repair(world, draw, path)}`)
  for (let round = 0; round < ROUNDS; round++) {
    const run = await world.sync()
    tell(`rest: ${told(run)}`)
    // Written by the run from a Plan.
    const plan = run.plan as unknown as Plan | null
    const held = plan?.held[0]
    if (held && run.state === 'held') {
      tell(`rest: approve ${held.reason}: ${await approveAs(world, run, held.digest, 'send')}`)
      continue
    }
    const faulty = faultyPaths(plan, run.diagnostics)
    if (faulty.length > 0 && (plan?.stopped || round % 2 === 0)) {
      tell(`rest: ${round < PATIENCE ? `look again at ${faulty.join(', ')}` : await takeOut(world, faulty)}`)
      continue
    }
    const [conflict] = await listConflicts(world.engine.db, world.engine.workspace.id)
    if (conflict) {
      const side = round % 2 === (draw.below(2) as number) ? 'workspace' : 'git'
      const said = await resolveAs(world, conflict.id, side)
      tell(`rest: ${said}`)
      if (!said.includes('resolved'))
        tell(`rest: ${await resolveAs(world, conflict.id, side === 'git' ? 'workspace' : 'git')}`)
      continue
    }
    const isQuiet = run.state === 'nothing-to-do' && faulty.length === 0
    if (isQuiet && (await world.engine.outbox()) === 0) break
  }
  await expectRest(world)
}

function faultyPaths(
  plan: Plan | null,
  diagnostics: readonly { severity: string; file: string }[],
): string[] {
  const aside = [...(plan?.aside ?? []), ...(plan?.pending ?? [])].map(({ path }) => path)
  const errors = plan?.stopped
    ? diagnostics.filter(({ severity }) => severity === 'error').map(({ file }) => file)
    : []
  return [...new Set([...aside, ...errors])].filter((path) => classifyPath(path).kind === 'resource')
}

async function takeOut(world: ModelWorld, paths: readonly string[]): Promise<string> {
  const head = await world.objects.head()
  const texts = await world.objects.texts(head)
  const present = paths.filter((path) => texts.has(path))
  const unagreed = await marksNeverAgreed(world)
  if (present.length === 0) return 'nothing to take out'
  await pushAs(world.dir, 'Pat', head, new Map(present.map((path) => [path, null])))
  for (const path of present) world.ledger.edit(marksIn(texts.get(path)), [])
  world.ledger.openDead(unagreed)
  return `took out ${present.join(', ')}`
}

/** What a plan says of single resources, for the words of a broken law. */
function entriesOf(plan: unknown): unknown {
  // Written by the run from a Plan.
  const { inbound, outbound, conflicts, waiting, aside, pending, held } = plan as Plan
  return { inbound, outbound, conflicts, waiting, aside, pending, held }
}

async function expectRest(world: ModelWorld): Promise<void> {
  const run = await world.sync({ full: true, verify: true })
  const counts = Object.values(run.counts).reduce((sum, n) => sum + n, 0)
  const differing = await world.differences()
  const outbox = await world.engine.outbox()
  const open = await world.engine.db
    .selectFrom('run')
    .select(['id', 'state'])
    .where('workspace_id', '=', world.engine.workspace.id)
    .where('finished_at', 'is', null)
    .execute()
  if (run.state !== 'nothing-to-do' || counts > 0 || differing.length > 0 || outbox > 0 || open.length > 0)
    throw new LawBroken(
      `[S6] no rest: ${told(run)}; differing ${differing.join(', ') || 'nothing'}; ${outbox} saves wait; ${open.length} runs are open; ${JSON.stringify([run.problem, run.diagnostics, entriesOf(run.plan)])}`,
    )
  const back = world.ledger.resurrected(await world.visible())
  if (back.length > 0)
    throw new LawBroken(`[S6] [S15] what was written over or deleted is there again: ${back.join(', ')}`)
}
