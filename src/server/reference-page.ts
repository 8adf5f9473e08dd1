/** The part of an OpenAPI 3.1 document that ours uses. */
export type ApiDocument = {
  readonly info: { readonly title: string; readonly version: string; readonly description?: string }
  readonly servers?: readonly { readonly url: string }[]
  readonly paths: Readonly<Record<string, Readonly<Partial<Record<Method, Operation>>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}
type Operation = {
  readonly tags?: readonly string[]
  readonly summary?: string
  readonly description?: string
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema?: Schema }[]
  readonly requestBody?: { readonly content: Content }
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content?: Content }>>
}
type Content = Readonly<Record<string, { readonly schema?: Schema }>>
type Schema = {
  readonly $ref?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly oneOf?: readonly Schema[]
  readonly anyOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
  readonly type?: string | readonly string[]
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
}
type Method = (typeof METHODS)[number]
type Described = { readonly method: string; readonly path: string; readonly operation: Operation }

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const

/** The API to read: made here out of the description, without a script and without any outside request. */
export function referencePage(document: ApiDocument): string {
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.flatMap((method): Described[] => {
      const operation = item[method]
      return operation ? [{ method, path, operation }] : []
    }),
  )
  const groups = Map.groupBy(operations, ({ operation }) => operation.tags?.[0] ?? 'Other')
  const base = document.servers?.[0]?.url ?? ''
  const schemas = Object.entries(document.components.schemas)
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${text(document.info.title)} API</title>
<style>${STYLE}</style>
</head>
<body>
<nav aria-label="Sections"><strong>${text(document.info.title)} API</strong>
${[...groups.keys(), 'Schemas'].map((tag) => `<a href="#${anchor(tag)}">${text(tag)}</a>`).join('\n')}
<a href="${base}/openapi.json">openapi.json</a></nav>
<main>
<h1>${text(document.info.title)} API</h1>
<p>${text(document.info.description ?? '')} Version ${text(document.info.version)}. Every path is below <code>${text(base)}</code>.</p>
${[...groups].map(([tag, list]) => section(tag, list)).join('\n')}
<section><h2 id="schemas">Schemas</h2>
${schemas.map(([name, schema]) => `<details id="schema-${anchor(name)}"><summary><code>${text(name)}</code></summary><pre>${print(schema, 0)}</pre></details>`).join('\n')}
</section>
</main>
</body>
</html>
`
}

function section(tag: string, operations: readonly Described[]): string {
  return `<section><h2 id="${anchor(tag)}">${text(tag)}</h2>\n${operations.map(article).join('\n')}</section>`
}

function article({ method, path, operation }: Described): string {
  const { parameters = [], requestBody } = operation
  const query = parameters
    .filter((one) => one.in === 'query')
    .map((one) => `${text(one.name)}: ${one.schema ? print(one.schema, 0) : 'any'}`)
  return `<details><summary><span class="method ${method}">${method.toUpperCase()}</span> <code>${text(path)}</code> <span>${text(operation.summary ?? '')}</span></summary>
${(operation.description ?? '')
  .split('\n\n')
  .map((line) => `<p>${inline(line)}</p>`)
  .join('')}
${query.length > 0 ? `<h3>Query</h3><pre>${query.join('\n')}</pre>` : ''}
${requestBody ? `<h3>Body</h3>${content(requestBody.content)}` : ''}
<h3>Answers</h3>
${Object.entries(operation.responses).map(answer).join('\n')}
</details>`
}

function answer([status, { description, content: types }]: [string, Operation['responses'][string]]): string {
  return `<p><strong>${text(status)}</strong> ${text(description)}</p>${content(types ?? {})}`
}

function content(types: Content): string {
  return Object.values(types)
    .map(({ schema }) => (schema ? `<pre>${print(schema, 0)}</pre>` : ''))
    .join('')
}

/** A schema the way TypeScript would write it. */
function print(schema: Schema, depth: number): string {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.split('/').at(-1) ?? ''
    return `<a href="#schema-${anchor(name)}">${text(name)}</a>`
  }
  if (schema.enum) return schema.enum.map((value) => text(JSON.stringify(value))).join(' | ')
  if (schema.const !== undefined) return text(JSON.stringify(schema.const))
  const either = schema.oneOf ?? schema.anyOf
  if (either) return either.map((one) => print(one, depth)).join(' | ')
  if (schema.allOf) return schema.allOf.map((one) => print(one, depth)).join(' &amp; ')
  const types = [schema.type ?? 'any'].flat()
  return types.map((type) => printType(type, schema, depth)).join(' | ')
}

function printType(type: string, schema: Schema, depth: number): string {
  if (type === 'array') return `${schema.items ? print(schema.items, depth) : 'any'}[]`
  if (type !== 'object' || !schema.properties) return text(type)
  const pad = '  '.repeat(depth + 1)
  const lines = Object.entries(schema.properties).map(([key, value]) => {
    const mark = schema.required?.includes(key) ? '' : '?'
    return `${pad}${text(key)}${mark}: ${print(value, depth + 1)}`
  })
  return `{\n${lines.join('\n')}\n${'  '.repeat(depth)}}`
}

/** Code in back quotes, nothing else of Markdown. */
function inline(line: string): string {
  return text(line).replaceAll(/`([^`]+)`/g, '<code>$1</code>')
}

function text(value: string): string {
  return value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

function anchor(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
}

const STYLE = `
:root { font: 14px/1.5 system-ui, sans-serif; --line: #d9d6d0; --soft: #6b675f; --accent: #0f766e; --code: #f4f2ee }
@media (prefers-color-scheme: dark) { :root { --line: #3a3835; --soft: #a8a39a; --accent: #5eead4; --code: #262422; background: #1a1917; color: #ece9e4 } }
body { display: grid; grid-template-columns: 200px minmax(0, 900px); gap: 32px; margin: 0; padding: 24px }
nav { position: sticky; top: 24px; align-self: start; display: grid; gap: 4px } nav a, a { color: var(--accent) }
h1 { font-size: 20px; margin: 0 } h2 { font-size: 16px; margin: 32px 0 8px } h3 { font-size: 13px; margin: 12px 0 4px; color: var(--soft) }
details { border-bottom: 1px solid var(--line); padding: 8px 0 } summary { cursor: pointer } p { margin: 4px 0 }
code, pre { font-family: ui-monospace, monospace; font-size: 12.5px } pre { background: var(--code); padding: 8px 12px; border-radius: 6px; overflow-x: auto; margin: 4px 0 }
.method { display: inline-block; min-width: 56px; font-weight: 600; font-size: 12px } summary span:last-child { color: var(--soft) }
@media (max-width: 720px) { body { grid-template-columns: minmax(0, 1fr); padding: 16px } nav { position: static } }
`
