import { readDeclarations } from './read-declarations.mjs'

const METHODS = new Set(['get', 'post', 'put', 'delete'])
/** Described once for every list, beside the operations. */
const LISTS = {
  page: { type: 'integer' },
  pagelen: { type: 'integer' },
  q: { type: 'string' },
  sort: { type: 'string' },
}

/**
 * An OpenAPI description back from the types that openapi-typescript made of it. Every object of Bitbucket's is open
 * on paper, for properties to come; here it is not, so that a wrong name is found.
 */
export function readOpenapiTypescript(text, used, also) {
  const { declared, schemaOf, membersOf, schemas } = readDeclarations(text)
  const described = fieldsOf(declared.get('paths'))
  const paths = {}
  for (const line of used) {
    const [, path] = line.split(' ')
    const operations = Object.entries(fieldsOf(described[path])).filter(([name]) => METHODS.has(name))
    paths[path] = Object.fromEntries(
      operations.map(([method, operation]) => [method, operationOf(operation)]),
    )
  }
  const read = new Proxy(schemas, {
    get: (all, name) => {
      const schema = withoutType(all[name])
      return also[name] ? { ...schema, properties: { ...schema.properties, ...also[name] } } : schema
    },
  })
  return { paths, components: { schemas: read } }

  function fieldsOf(type) {
    return Object.fromEntries(membersOf(type).members.map((one) => [one.name, one.type]))
  }

  function operationOf(operation) {
    const { parameters, requestBody, responses } = fieldsOf(operation)
    const { path, query } = parameters ? fieldsOf(parameters) : {}
    const answers = Object.fromEntries(
      Object.entries(fieldsOf(responses)).map(([status, one]) => [status, contentOf(one)]),
    )
    // Where a body is left out of the description, it is the thing that is answered.
    const body = requestBody ? contentOf(requestBody) : (answers[200] ?? answers[201])
    return {
      parameters: [
        ...Object.keys(path ? fieldsOf(path) : {}).map((name) => ({ name, in: 'path', schema: {} })),
        ...Object.entries({ ...schemasOf(query), ...LISTS }).map(([name, schema]) => ({
          name,
          in: 'query',
          schema,
        })),
      ],
      ...(body?.content ? { requestBody: body } : {}),
      responses: answers,
    }
  }

  function schemasOf(type) {
    if (!type) return {}
    return Object.fromEntries(Object.entries(fieldsOf(type)).map(([name, one]) => [name, schemaOf(one)]))
  }

  function contentOf(type) {
    const { content } = fieldsOf(type)
    const json = content && fieldsOf(content)['application/json']
    return json ? { content: { 'application/json': { schema: schemaOf(json) } } } : {}
  }
}

/** `type` tells answers apart; requests leave it out, the documentation's own too. */
function withoutType({ required, ...schema }) {
  const wanted = (required ?? []).filter((name) => name !== 'type')
  return wanted.length > 0 ? { ...schema, required: wanted } : schema
}
