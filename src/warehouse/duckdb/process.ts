import { WarehouseError, type WarehouseProblem } from '../warehouse-error.ts'
import { answer } from './answer.ts'
import { explainDuckdbError } from './explain-error.ts'
import { openLocked } from './open.ts'
import type { DuckdbRequest, DuckdbResponse } from './protocol.ts'
import type { Source } from './source.ts'

/*
 * A process that holds one DuckDB database open (see pool.ts). It ends with its parent: when the channel
 * closes, whatever the reason. SQL comes from people and from Git; should it bring DuckDB down, only
 * this process falls.
 */
let source: Promise<Source> | null = null

process.on('disconnect', () => process.exit(0))
process.on('message', (message) => {
  // The parent is our own pool.ts: the shape is given by the protocol both share.
  void handle(message as DuckdbRequest).then((response) => process.send?.(response))
})

async function handle(request: DuckdbRequest): Promise<DuckdbResponse> {
  try {
    if ('open' in request) {
      const { open, spill } = request
      source = openLocked(open, spill).then((instance) => ({ instance, target: open, views: new Map() }))
      await source
      return { id: request.id, answer: [] }
    }
    if (source === null) throw new WarehouseError({ code: 'crashed', message: 'No database is open.' })
    return { id: request.id, answer: await answer(await source, request.ask) }
  } catch (error) {
    return { id: request.id, problem: problemOf(explainDuckdbError(error, null, () => [])) }
  }
}

function problemOf({ code, message, hint, position }: WarehouseError): WarehouseProblem {
  return { code, message, hint, position }
}
