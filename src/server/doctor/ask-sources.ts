import type { SourceAnswer, SourceFacts } from '../../core/environments/doctor/facts.ts'
import { isObject, own } from '../../core/model/json.ts'
import { listResources, type StoredResource } from '../../store/resources.ts'
import { connect } from '../../warehouse/connector.ts'
import type { Context } from '../context.ts'
import { withSecrets } from '../routes/source-connector.ts'
import { namedSource } from './named-source.ts'
import { within } from './within.ts'

/** A source that is asked by a page that somebody waits for. */
const ASK_MS = 6_000
/** Whatever the number of sources. */
const ALL_MS = 20_000
const SIDE_BY_SIDE = 8
const SOURCES_MAX = 1_000

/** Asks every source with its stored secrets, several at a time; a dead one holds up neither the others nor the page. */
export async function askSources(
  context: Context,
  workspaceId: string,
  signal: AbortSignal,
): Promise<SourceFacts[]> {
  const { items } = await listResources(context.db, workspaceId, 'sources', { limit: SOURCES_MAX })
  const deadline = AbortSignal.timeout(ALL_MS)
  const answers: SourceFacts[] = []
  const queue = items.entries()
  const worker = async () => {
    for (const [i, source] of queue) {
      const answer: SourceAnswer = deadline.aborted
        ? { kind: 'timed-out', seconds: ALL_MS / 1000 }
        : await within(ASK_MS, signal, () => ask(context, workspaceId, source))
      answers[i] = { ...namedSource(source), answer }
    }
  }
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, worker))
  return answers
}

async function ask(context: Context, workspaceId: string, source: StoredResource): Promise<SourceAnswer> {
  const config = own(source.value, 'config')
  const type = String(source.value.type)
  if (!isObject(config)) return { kind: 'unconnected' }
  const stored = await withSecrets(context, workspaceId, source, config)
  const connector = connect(type, stored, context.warehousePolicy)
  if ('kind' in connector) return connector
  try {
    const tested = await connector.test()
    if (tested.kind === 'ok') return { kind: 'ok' }
    return { kind: 'failed', message: tested.message, hint: tested.hint }
  } finally {
    await connector.close()
  }
}
