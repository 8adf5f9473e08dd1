/** Reads types that swagger-typescript-api made of an OpenAPI description back into one. */
export function readTypes(text) {
  const bare = text.replaceAll(/\/\*\*[\s\S]*?\*\//g, (comment) =>
    comment.includes('@request') ? `/*${/@request (\S+)/.exec(comment)[1]}*/` : '',
  )
  const schemas = {}
  for (const [, name, body] of bare.matchAll(/^interface (\w+) \{\n([\s\S]*?)^\}/gm)) {
    schemas[name] = objectOf(body)
  }
  for (const [, name, type] of bare.matchAll(/^type (\w+) = ([^;]+);/gm)) schemas[name] ??= schemaOf(type)
  return { paths: pathsOf(bare), components: { schemas } }
}

// /*POST:/repos/{owner}*/ name: (owner: string, query?: {…}, body: Option, params?: RequestParams) => Promise<HttpResponse<Answer, any>>;
const METHOD =
  /\/\*([A-Z]+):(\S+)\*\/\s*\w+: \(([\s\S]*?)params\?: RequestParams\) => Promise<HttpResponse<([\s\S]*?), \w+>>;/g

function pathsOf(text) {
  const paths = {}
  for (const [, method, path, given, answer] of text.matchAll(METHOD)) {
    const query = /query\?: \{\n([\s\S]*?)\n\s*\}/.exec(given)?.[1]
    const body = /body\??: (\w+)/.exec(given)?.[1]
    paths[path] = {
      ...paths[path],
      [method.toLowerCase()]: {
        parameters: [
          ...[...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({ name, in: 'path', schema: {} })),
          ...Object.entries(query === undefined ? {} : objectOf(query).properties).map(([name, schema]) => ({
            name,
            in: 'query',
            schema,
          })),
        ],
        ...(body ? { requestBody: json({ $ref: `#/components/schemas/${body}` }) } : {}),
        // The types name no statuses.
        responses: { '2XX': json(schemaOf(answer)), default: json({}) },
      },
    }
  }
  return paths
}

function json(schema) {
  return { content: { 'application/json': { schema } } }
}

function objectOf(body) {
  const properties = {}
  const required = []
  for (const [, name, mark, type] of body.matchAll(/^\s*'?([\w-]+)'?(\??): ([^;]+);/gm)) {
    properties[name] = schemaOf(type)
    if (mark === '') required.push(name)
  }
  return { type: 'object', properties, ...(required.length > 0 ? { required } : {}) }
}

const PLAIN = { string: { type: 'string' }, number: { type: 'number' }, boolean: { type: 'boolean' } }

function schemaOf(type) {
  const text = type.trim()
  if (text in PLAIN) return PLAIN[text]
  if (text.endsWith('[]')) return { type: 'array', items: schemaOf(text.slice(0, -2)) }
  if (/^'/.test(text)) return { type: 'string', enum: [...text.matchAll(/'([^']*)'/g)].map(([, one]) => one) }
  const record = /^Record<string, (.+)>$/.exec(text)
  if (record) return { type: 'object', additionalProperties: schemaOf(record[1]) }
  return /^[A-Z]\w+$/.test(text) ? { $ref: `#/components/schemas/${text}` } : {}
}
