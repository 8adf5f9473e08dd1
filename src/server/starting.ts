import type { IncomingMessage, ServerResponse } from 'node:http'
import { toAnswer } from './errors.ts'
import { ProblemError } from './problem-error.ts'

const WORDS = 'Tandem is starting. Try again in a moment.'
/** Asks again by itself: whoever opens the page while the server starts need not. */
const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="refresh" content="1">
<title>Tandem is starting</title>
<p>Tandem is starting. This page opens by itself in a moment.</p>
</html>
`

/**
 * Every answer until all is there that a start makes: the database brought up to date, jobs, the demo. The
 * process is alive meanwhile, but not ready (A5).
 */
export function starting(request: IncomingMessage, response: ServerResponse): void {
  const headers = { 'retry-after': '1', 'cache-control': 'no-store', connection: 'close' }
  if (request.url?.split('?')[0] === '/healthz') {
    response.writeHead(200, { ...headers, 'content-type': 'application/json' }).end('{"status":"ok"}')
    return
  }
  const { problem } = toAnswer(new ProblemError('not-ready', WORDS), '')
  if (request.headers.accept?.includes('text/html')) {
    const html = { ...headers, 'content-type': 'text/html; charset=utf-8' }
    response.writeHead(problem.status, html).end(PAGE)
    return
  }
  response
    .writeHead(problem.status, { ...headers, 'content-type': 'application/problem+json' })
    .end(JSON.stringify(problem))
}
