import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv, type ValidateFunction } from 'ajv'
import type { Host } from '../../../src/git/hosts/host.ts'

type Schema = { readonly [key: string]: unknown }
type Operation = {
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly schema: Schema }[]
  readonly requestBody?: Body
  readonly responses: Readonly<Record<string, Body>>
}
type Body = {
  readonly required?: boolean
  readonly content?: { readonly 'application/json'?: { readonly schema: Schema } }
}

export type Described = {
  readonly path: string
  readonly parameters: Readonly<Record<string, string>>
  /** What the request says that the description does not; empty: nothing. */
  checkRequest(query: URLSearchParams, body: unknown): readonly string[]
  /** The answer with what the description wants beside `body`, and what is wrong with it all the same. */
  answer(status: number, body: unknown): { readonly body: unknown; readonly problems: readonly string[] }
}

/** A service's published API description: what is not in it is a fault, of a request and of an answer alike. */
export function readDescription(service: Host['type']) {
  const file = join(import.meta.dirname, service, 'openapi.json')
  const { paths, components } = JSON.parse(readFileSync(file, 'utf8')) as {
    paths: Record<string, Record<string, Operation>>
    components: { schemas: Record<string, Schema> }
  } // as scripts/take-openapi.mjs writes it
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true })
  const parts = partsOf([paths, components.schemas])
  const schemas = Object.fromEntries(
    Object.entries(components.schemas).map(([name, schema]) => [name, closed(schema, parts.has(name))]),
  )
  ajv.addSchema({ $id: 'api', components: { schemas } })
  const compiled = new Map<Schema, ValidateFunction>()
  const problemsOf = (schema: Schema, value: unknown): string[] => {
    const validate = compiled.get(schema) ?? ajv.compile(absolute(closed(schema)))
    compiled.set(schema, validate)
    if (validate(value)) return []
    return (validate.errors ?? []).map(
      ({ instancePath, message = '', params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
    )
  }

  return {
    /** Null: there is no such operation. */
    find: (method: string, pathname: string): Described | null => {
      for (const [path, operations] of Object.entries(paths)) {
        const operation = operations[method.toLowerCase()]
        const parameters = operation && match(path, pathname)
        if (operation && parameters) return described(path, parameters, operation)
      }
      return null
    },
  }

  function bodyProblems(described: Body | undefined, body: unknown): readonly string[] {
    if (body === undefined) return described?.required === true ? ['a body is missing'] : []
    const schema = described && schemaOf(described)
    return schema ? problemsOf(schema, body) : ['a body is not described']
  }

  function described(path: string, parameters: Record<string, string>, operation: Operation): Described {
    return {
      path,
      parameters,
      checkRequest: (query, body) => {
        return [
          ...[...query].flatMap(([name, value]) => {
            const known = operation.parameters.find((one) => one.in === 'query' && one.name === name)
            if (!known) return [`the query parameter ${name} is not described`]
            return problemsOf(known.schema, typed(known.schema, value)).map((text) => `query ${name}${text}`)
          }),
          ...bodyProblems(operation.requestBody, body),
        ]
      },
      answer: (status, body) => {
        const response =
          operation.responses[String(status)] ?? operation.responses[`${Math.trunc(status / 100)}XX`]
        const schema = response && schemaOf(response)
        // Every operation can be refused, in one form.
        if (!response && status >= 400) return { body, problems: [] }
        if (!response) return { body, problems: [`the status ${status} is not described`] }
        if (!schema) return { body, problems: [] }
        const whole = complete(schema, body, components.schemas)
        return { body: whole, problems: problemsOf(schema, whole) }
      },
    }
  }
}

function schemaOf({ content }: Body): Schema | undefined {
  return content?.['application/json']?.schema
}

function match(template: string, pathname: string): Record<string, string> | null {
  const names = [...template.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
  const pattern = new RegExp(`^${template.replaceAll(/\{\w+\}/g, '([^/]+)')}$`)
  const found = pattern.exec(pathname)
  if (found === null) return null
  return Object.fromEntries(names.map((name, i) => [name, decodeURIComponent(found[i + 1] ?? '')]))
}

function typed({ type }: Schema, value: string): unknown {
  return type === 'integer' || type === 'number' ? Number(value) : value
}

/** Says of each object that it has no other properties than those described. */
function closed(schema: Schema, isPart = false): Schema {
  const entries = Object.entries(schema).map(([key, value]): [string, unknown] => {
    if (key === 'properties') return [key, mapValues(value, (one) => closed(one))]
    if (key === 'items' || key === 'additionalProperties')
      return [key, typeof value === 'object' ? closed(value as Schema) : value]
    if (key === 'oneOf' || key === 'anyOf') return [key, (value as Schema[]).map((one) => closed(one))]
    if (key === 'allOf') return [key, (value as Schema[]).map((one) => closed(one, true))]
    return [key, value]
  })
  const isClosed =
    'properties' in schema && !('additionalProperties' in schema) && !isPart && !('allOf' in schema)
  const strict = { ...Object.fromEntries(entries), ...(isClosed ? { additionalProperties: false } : {}) }
  return schema.nullable === true ? orNull(strict) : strict
}

/** `nullable` of OpenAPI 3.0 in the terms of JSON Schema, where an enumeration and a choice exclude null. */
function orNull({ nullable: _, ...schema }: Schema): Schema {
  return { anyOf: [schema, { type: 'null' }] }
}

/** Schemas that are put together with others: each allows what the others describe. */
function partsOf(value: unknown): ReadonlySet<string> {
  const names = new Set<string>()
  const look = (one: unknown): void => {
    if (typeof one !== 'object' || one === null) return
    for (const part of (one as { allOf?: Schema[] }).allOf ?? []) {
      if (typeof part.$ref === 'string') names.add(part.$ref.split('/').pop() ?? '')
    }
    for (const inner of Object.values(one)) look(inner)
  }
  look(value)
  return names
}

function mapValues(value: unknown, change: (schema: Schema) => Schema): Record<string, Schema> {
  return Object.fromEntries(
    Object.entries(value as Record<string, Schema>).map(([key, one]) => [key, change(one)]),
  )
}

/** References of a part lead into the whole. */
function absolute(schema: Schema): Schema {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"api#/components/')) as Schema
}

/** Fills in what the description requires and the test does not care about. */
function complete(schema: Schema, given: unknown, all: Readonly<Record<string, Schema>>): unknown {
  const whole = typeof schema.$ref === 'string' ? all[schema.$ref.split('/').pop() ?? ''] : schema
  if (whole === undefined) return given
  if (given === undefined && whole.nullable === true) return null
  const [choice] = (whole.oneOf ?? whole.anyOf ?? []) as Schema[]
  if (choice && given === undefined) return complete(choice, given, all)
  if (whole.type === 'array') {
    const items = (whole.items ?? {}) as Schema
    return Array.isArray(given) ? given.map((one) => complete(items, one, all)) : (given ?? [])
  }
  if (given === null || (given !== undefined && typeof given !== 'object')) return given
  if (whole.allOf) {
    const parts = (whole.allOf as Schema[]).map((part) => complete(part, given, all))
    return Object.assign({}, ...parts, given)
  }
  if (whole.properties) {
    const properties = whole.properties as Record<string, Schema>
    const values = (given ?? {}) as Record<string, unknown>
    const wanted = new Set([...((whole.required ?? []) as string[]), ...Object.keys(values)])
    const entries = [...wanted].map((name) => [name, complete(properties[name] ?? {}, values[name], all)])
    return Object.fromEntries(entries)
  }
  if (given !== undefined) return given
  if (Array.isArray(whole.enum)) return whole.enum[0]
  const plain: Record<string, unknown> = { string: '', integer: 0, number: 0, boolean: false, object: {} }
  return plain[String(whole.type)] ?? null
}
