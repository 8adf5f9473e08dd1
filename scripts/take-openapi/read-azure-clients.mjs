import { readDeclarations } from './read-declarations.mjs'

const REQUEST = /method: "(\w+)"/
const ROUTE = /routeTemplate: "([^"]+)"/
const QUERY = /^\s{16}'?([$\w]+)'?: \w+,?$/gm

/**
 * Azure DevOps' API from the clients that Microsoft makes of it: routes and parameters of the code, bodies and answers
 * of the types. The types do not tell what must be there, so nothing must; enumerations go by their names, as in JSON.
 */
export function readAzureClients(types, clients, used) {
  const { declared, schemaOf, membersOf, schemas } = readDeclarations(types)
  const paths = {}
  for (const [line, [client, name]] of Object.entries(used)) {
    const [verb, path] = line.split(' ')
    const code = methodOf(clients[client].code, name)
    const said = REQUEST.exec(code)?.[1] ?? 'GET'
    const route = `/${ROUTE.exec(code)?.[1] ?? ''}`.replace(/\/\{\w+\}$/, (end) =>
      path.endsWith(end) ? end : '',
    )
    if (verb !== said || path.toLowerCase() !== route.toLowerCase())
      throw new Error(`${line} is ${said} ${route}`)
    paths[path] = { ...paths[path], [verb.toLowerCase()]: operationOf(path, client, name, code) }
  }
  return { paths, components: { schemas: new Proxy(schemas, { get: (all, name) => optional(all[name]) }) } }

  function operationOf(path, client, name, code) {
    const { given, answer } = declared.get(client).members.find((one) => one.name === name).type
    const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, one]) => one)
    const bodyName = /body: (\w+)/.exec(code)?.[1]
    const body = given.find((one) => one.name === bodyName)
    return {
      parameters: [
        ...names.map((one) => ({ name: one, in: 'path', schema: {} })),
        { name: 'api-version', in: 'query', schema: { type: 'string' } },
        ...[...code.matchAll(QUERY)].flatMap(([, one]) => queryOf(one, given)),
      ],
      ...(body ? { requestBody: json(schemaOf(body.type)) } : {}),
      responses: { '2XX': json(wrapped(answer.given[0])) },
    }
  }

  /** What is searched by is sent field by field: `searchCriteria.status`. */
  function queryOf(name, given) {
    const type = given.find((one) => one.name === name.replace('$', ''))?.type
    const members = type ? membersOf(type).members : []
    const fields = members.map((one) => ({
      name: `${name}.${one.name}`,
      in: 'query',
      schema: enumOf(one.type),
    }))
    return fields.length > 0 ? fields : [{ name, in: 'query', schema: type ? enumOf(type) : {} }]
  }

  function enumOf(type) {
    const isChoice = type.kind === 'named' && declared.get(type.name)?.kind === 'choice'
    return schemaOf(isChoice ? declared.get(type.name) : type)
  }

  function wrapped(type) {
    const of = type.name === 'PagedList' ? type.given[0] : type.of
    if (of === undefined || type.kind === 'object') return schemaOf(type)
    const value = { type: 'array', items: schemaOf(of) }
    return { type: 'object', properties: { count: { type: 'number' }, value } }
  }
}

function methodOf(code, name) {
  const [, after = ''] = code.split(new RegExp(`^    ${name}\\(`, 'm'))
  return after.split(/^ {4}\}/m)[0]
}

function optional({ required: _, ...schema }) {
  return schema
}

function json(schema) {
  return { content: { 'application/json': { schema } } }
}
