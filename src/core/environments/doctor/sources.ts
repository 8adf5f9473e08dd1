import type { DoctorFacts, SourceFacts } from './facts.ts'
import { type DoctorItem, fail, firstOf, pass, warn } from './item.ts'

const ID = 'sources'
const TITLE = 'Data sources'

/** Does each answer? One that does not holds up no sync, but every preview and query of its models. */
export function checkSources({ workspace, sources }: DoctorFacts): readonly DoctorItem[] {
  const { slug } = workspace
  const found = sources.flatMap((source) => trouble(slug, source))
  if (found.length > 0) return firstOf(found)
  if (sources.length === 0) return [pass(ID, TITLE, `${slug} has no sources yet.`)]
  const untold = sources.filter(({ answer }) => answer.kind === 'no-connector').map((source) => source.name)
  const tested = sources.length - untold.length
  const answers = tested === 0 ? '' : tested === 1 ? 'The source answers.' : `All ${tested} sources answer.`
  const rest =
    untold.length === 0 ? '' : `There is no connector to test ${untold.slice(0, 5).join(', ')} with.`
  return [pass(ID, TITLE, `${answers} ${rest}`.trim())]
}

function trouble(workspace: string, { slug, name, answer }: SourceFacts): readonly DoctorItem[] {
  const about = {
    id: `${ID}:${slug}`,
    title: `Source ${name}`,
    mend: { kind: 'source', workspace, slug },
  } as const
  switch (answer.kind) {
    case 'ok':
    case 'no-connector':
      return []
    case 'unconnected':
      return [
        warn({
          ...about,
          message: `The source ${name} (${slug}) of ${workspace} is known by name and type alone: its models have no preview.`,
          fix: 'Fill in how to reach it.',
        }),
      ]
    case 'failed':
      return [
        fail({
          ...about,
          message: `The source ${name} (${slug}) of ${workspace} does not answer: ${answer.message}`,
          fix: answer.hint ?? 'Correct how the source is reached, and test it.',
        }),
      ]
    case 'timed-out':
      return [
        fail({
          ...about,
          message: `The source ${name} (${slug}) of ${workspace} did not answer within ${answer.seconds} seconds.`,
          fix: 'Check that it runs and that this server can reach it, then check again.',
        }),
      ]
  }
}
