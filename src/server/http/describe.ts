import type { OpenAPIHono, RouteConfig } from '@hono/zod-openapi'
import * as z from 'zod'
import { Problem } from '../../core/wire/problem.ts'
import type { Access, Endpoint } from './endpoint.ts'
import { named } from './schema-names.ts'

/** One endpoint in the OpenAPI description. */
export function describe(api: OpenAPIHono, endpoint: Endpoint): void {
  for (const description of endpoint.descriptions) {
    const { query, body } = description
    const path = description.path ?? endpoint.path
    const route: RouteConfig = {
      method: endpoint.method,
      path,
      tags: [description.tag],
      summary: description.summary,
      description: [description.description, needs(endpoint.access)].filter(Boolean).join('\n\n'),
      ...(endpoint.access.kind === 'public' ? { security: [] } : {}),
      request: {
        ...paramsOf(path),
        // The registry wants an object; all our queries are.
        ...(query instanceof z.ZodObject ? { query } : {}),
        ...(body
          ? { body: { required: true, content: { 'application/json': { schema: named(body) } } } }
          : {}),
      },
      responses: {
        ...Object.fromEntries(
          Object.entries(description.answers).map(([status, { description: text, schema }]) => [
            status,
            {
              description: text,
              ...(schema ? { content: { 'application/json': { schema: named(schema) } } } : {}),
            },
          ]),
        ),
        default: {
          description: 'A refusal; `code` says which.',
          content: { 'application/problem+json': { schema: named(Problem) } },
        },
      },
    }
    api.openAPIRegistry.registerPath(route)
  }
}

function paramsOf(path: string) {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '')
  if (names.length === 0) return {}
  return { params: z.object(Object.fromEntries(names.map((name) => [name, z.string()]))) }
}

function needs(access: Access): string {
  switch (access.kind) {
    case 'public':
      return 'Open to everybody.'
    case 'signed-in':
      return 'Needs a session or an API key.'
    case 'everywhere-admin':
      return 'Needs the role admin in all workspaces.'
    case 'workspace':
      return `Needs the right \`${access.action}\` in the workspace.`
  }
}
