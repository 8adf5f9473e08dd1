import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { OpenAPIHono } from '@hono/zod-openapi'
import { sql } from 'kysely'
import type { Context } from './context.ts'
import { ENDPOINTS } from './endpoints.ts'
import { problemResponse, toAnswer } from './errors.ts'
import { API, mountApi } from './http/mount.ts'
import { securityHeaders } from './http/security-headers.ts'
import { lazy } from './lazy.ts'
import { ProblemError } from './problem-error.ts'
import { type ApiDocument, referencePage } from './reference-page.ts'
import { loadStaticFiles } from './static-files.ts'

const ROOT = join(import.meta.dirname, '..', '..')

export function createApp(context: Context): OpenAPIHono {
  const app = new OpenAPIHono()
  const headers = Object.entries(securityHeaders(context.baseUrl.startsWith('https:')))
  app.use(async (c, next) => {
    await next()
    for (const [name, value] of headers) c.res.headers.set(name, value)
  })
  mountHealth(app, context)
  const api = mountApi(context, ENDPOINTS)
  mountDescription(api)
  app.route(API, api)
  const files = loadStaticFiles(join(ROOT, 'dist', 'web'))
  app.notFound((c) => {
    const inApi = c.req.path === '/api' || c.req.path.startsWith('/api/')
    const file = inApi ? null : files.serve(c.req.raw)
    if (file) return file
    const detail = `There is nothing at ${c.req.method} ${c.req.path.slice(0, 200)}. The API is described at ${API}/openapi.json.`
    return problemResponse(toAnswer(new ProblemError('not-found', detail), ''))
  })
  app.onError((error) => {
    const answer = toAnswer(error, 'this time')
    if (answer.fault) context.log.error({ err: error }, 'a request failed')
    return problemResponse(answer)
  })
  return app
}

/** To describe some hundred endpoints takes half as long as all the rest of a start. */
function mountDescription(api: OpenAPIHono): void {
  const description = lazy(() => describeApi(api))
  const document = lazy(() => JSON.stringify(description()))
  // OpenAPI's own types allow far more than our endpoints ever describe.
  const reference = lazy(() => referencePage(description() as ApiDocument))
  api.get(
    '/openapi.json',
    () => new Response(document(), { headers: { 'content-type': 'application/json' } }),
  )
  api.get(
    '/reference',
    () => new Response(reference(), { headers: { 'content-type': 'text/html; charset=utf-8' } }),
  )
}

function describeApi(api: OpenAPIHono) {
  api.openAPIRegistry.registerComponent('securitySchemes', 'apiKey', { type: 'http', scheme: 'bearer' })
  api.openAPIRegistry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: 'tandem.session_token',
  })
  return api.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Tandem',
      version: packageVersion(),
      description:
        'The API that the web app and the command line use. Errors are application/problem+json with a stable `code`. Writes take If-Match with the revision.',
      license: { name: 'Apache-2.0' },
    },
    servers: [{ url: API }],
    security: [{ apiKey: [] }, { session: [] }],
  })
}

/** Alive is whoever answers; ready is who can reach the database. */
function mountHealth(app: OpenAPIHono, { db, metrics }: Context): void {
  app.get('/healthz', (c) => c.json({ status: 'ok' }))
  app.get('/readyz', async (c) => {
    try {
      await sql`select 1`.execute(db)
      return c.json({ status: 'ready' })
    } catch {
      const error = new ProblemError('not-ready', 'The database does not answer.')
      return problemResponse(toAnswer(error, ''))
    }
  })
  app.get('/metrics', async () => {
    const { registry } = metrics
    return new Response(await registry.metrics(), { headers: { 'content-type': registry.contentType } })
  })
}

export function packageVersion(): string {
  const text: { version?: string } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  return text.version ?? '0.0.0'
}
