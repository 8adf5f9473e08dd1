import type { Call, Reply } from './program.ts'

/** Pages as a service links them (RFC 8288), small so that there is more than one. */
export function paged({ query, url }: Call, list: readonly unknown[]): Reply {
  const page = Number(query.get('page') ?? 1)
  const next = new URL(url)
  next.searchParams.set('page', String(page + 1))
  const link = `<${next.href}>; rel="next"`
  return {
    status: 200,
    body: list.slice((page - 1) * 2, page * 2),
    headers: list.length > page * 2 ? { link } : {},
  }
}
