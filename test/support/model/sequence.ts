import { source } from '../resources.ts'
import { act } from './acts.ts'
import { comeToRest } from './come-to-rest.ts'
import { drawFrom } from './random.ts'
import { type Step, stepsOf } from './steps.ts'
import { type ModelHome, ModelWorld } from './world.ts'

export type Outcome =
  | { readonly kind: 'held'; readonly story: readonly string[] }
  | { readonly kind: 'broken'; readonly error: unknown; readonly story: readonly string[] }

/** One sequence from its seed, from an empty workspace to both sides equal. `only`: the steps to do, by number. */
export async function runSequence(
  home: ModelHome,
  seed: number,
  only?: ReadonlySet<number>,
): Promise<Outcome> {
  const { start, steps } = stepsOf(seed)
  const story: string[] = []
  const world = await ModelWorld.open(home)
  try {
    await begin(world, start, story, only)
    for (const [i, step] of steps.entries()) {
      if (only && !only.has(i)) continue
      story.push(`${i} ${step.kind} …`)
      const said = await act(world, step)
      story[story.length - 1] = `${i} ${said}`
    }
    const rest = [...start.numbers].reverse()
    await comeToRest(
      world,
      drawFrom(() => rest.shift() ?? 0),
      (line) => story.push(line),
    )
    return { kind: 'held', story }
  } catch (error) {
    return { kind: 'broken', error, story }
  } finally {
    await world.close()
  }
}

/** Both sides may hold something before they are connected (S29). */
async function begin(
  world: ModelWorld,
  start: Step,
  story: string[],
  only?: ReadonlySet<number>,
): Promise<void> {
  await world.engine.saved({ writes: [source(), source('lake')] })
  const draw = drawFrom(numbersOf(start))
  for (let i = 0; i < draw.below(5); i++) {
    const kind = draw.pick(['save-new', 'push-new'] as const)
    if (only && !only.has(-1 - i)) continue
    story.push(`${-1 - i} ${await act(world, { kind, numbers: start.numbers.slice(20 * (i + 1)) })}`)
  }
  const isShort = draw.once(6)
  await world.engine.connect({ url: world.url, ...(isShort ? { firstSync: 'ask' as const } : {}) })
  world.connected = true
  story.push(await act(world, { kind: 'sync', numbers: [0] }))
}

function numbersOf(step: Step): () => number {
  const numbers = [...step.numbers]
  return () => numbers.shift() ?? 0
}

/** Leaves steps out while the sequence still breaks a law; the numbers of those that are needed. */
export async function shrink(
  home: ModelHome,
  seed: number,
  until: number,
): Promise<{ only: number[]; last: Outcome | null }> {
  const { steps } = stepsOf(seed)
  let only = [...Array.from({ length: 5 }, (_, i) => -1 - i), ...steps.keys()]
  let last: Outcome | null = null
  for (let size = Math.ceil(only.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < only.length; ) {
      if (Date.now() > until) return { only, last }
      const fewer = [...only.slice(0, at), ...only.slice(at + size)]
      const outcome = await runSequence(home, seed, new Set(fewer))
      if (outcome.kind === 'broken') {
        only = fewer
        last = outcome
      } else at += size
    }
  }
  return { only, last }
}
