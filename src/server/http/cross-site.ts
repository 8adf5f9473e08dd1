import { ProblemError } from '../problem-error.ts'

/**
 * A cookie goes along with requests that other sites make; browsers say of every one that changes
 * something where it comes from. What says nothing is no browser and has no cookie that it did not mean to
 * send. Requests with an API key need no such check.
 */
export function refuseCrossSite(request: Request, publicUrl: string | null): void {
  if (request.method === 'GET' || request.method === 'HEAD' || request.method === 'OPTIONS') return
  const site = request.headers.get('sec-fetch-site')
  if (site !== null && site !== 'same-origin' && site !== 'none') throw crossSite()
  const origin = request.headers.get('origin')
  if (origin === null) return
  const host = URL.parse(origin)?.host
  if (host !== undefined && host === request.headers.get('host')) return
  if (publicUrl !== null && origin === publicUrl) return
  throw crossSite()
}

function crossSite(): ProblemError {
  return new ProblemError(
    'cross-site',
    'This request was made by another site. Open Tandem at its own address; behind a proxy, set TANDEM_PUBLIC_URL to that address.',
  )
}
