import { csvLine } from '../../core/audit/csv.ts'
import type { AuditEntry } from '../../core/wire/audit.ts'

type Pages = (cursor: string | undefined) => Promise<{ entries: readonly AuditEntry[]; next: string | null }>

const HEADINGS = [
  'time',
  'who',
  'who (id)',
  'origin',
  'address',
  'action',
  'subject',
  'detail',
  'changes',
  'run',
  'commit',
]

/** Page by page, as fast as it is taken: a log of years never lies in memory. */
export function auditExport(format: 'csv' | 'json', name: string, pages: Pages): Response {
  const texts = format === 'csv' ? csv(pages) : json(pages)
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await texts.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    async cancel() {
      await texts.return(undefined)
    },
  })
  return new Response(body, {
    headers: {
      'content-type': format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json',
      'content-disposition': `attachment; filename="${name}.${format}"`,
      'cache-control': 'no-store',
    },
  })
}

async function* all(pages: Pages): AsyncGenerator<readonly AuditEntry[]> {
  let cursor: string | undefined
  do {
    const { entries, next } = await pages(cursor)
    yield entries
    cursor = next ?? undefined
  } while (cursor !== undefined)
}

async function* csv(pages: Pages): AsyncGenerator<string, undefined> {
  yield csvLine(HEADINGS)
  for await (const entries of all(pages)) yield entries.map((entry) => csvLine(cells(entry))).join('')
}

async function* json(pages: Pages): AsyncGenerator<string, undefined> {
  let before = '[\n'
  for await (const entries of all(pages)) {
    if (entries.length === 0) continue
    yield before + entries.map((entry) => JSON.stringify(entry)).join(',\n')
    before = ',\n'
  }
  yield before === '[\n' ? '[]\n' : '\n]\n'
}

function cells(entry: AuditEntry): string[] {
  const { actor, detail, changes, omitted } = entry
  const told = changes.length === 0 ? '' : JSON.stringify(changes)
  return [
    entry.at,
    actor.name,
    actor.id ?? '',
    entry.origin ?? '',
    entry.address ?? '',
    entry.action,
    entry.subject ?? '',
    detail === null ? '' : JSON.stringify(detail),
    omitted === 0 ? told : `${told} and ${omitted} more resources`,
    entry.run ?? '',
    entry.commit ?? '',
  ]
}
