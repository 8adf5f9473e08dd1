import { readDeclarations } from './read-declarations.mjs'

const ROUTE = /endpoint`([^`]+)`|"(personal_access_tokens\/self)"/g
/** What the client takes for itself, or puts into the path. */
const OF_THE_CLIENT = new Set(['show_expanded', 'project_id', 'group_id', 'token_id'])
const PAGES = { page: { type: 'integer' }, per_page: { type: 'integer' } }

/**
 * GitLab's API as the types of @gitbeaker/core have it, for lack of a published package with its OpenAPI. They tell
 * paths, parameters by name and type, and answers, written down by hand from GitLab's documentation; they do not
 * tell statuses, headers, rights, nor reliably what can be null or absent.
 */
export function readGitbeaker(declarations, code, used) {
  const { declared, schemaOf, membersOf, schemas } = readDeclarations(declarations)
  const routes = [...code.matchAll(ROUTE)].map(([, template, plain]) => shapeOf(template ?? plain))
  const paths = {}
  for (const [line, method] of Object.entries(used)) {
    const [verb, path] = line.split(' ')
    // Some of its routes are put together: what they end with is what is written there.
    const shape = shapeOf(path.slice(1))
    if (!routes.some((route) => shape === route || shape.endsWith(`/${route}`)))
      throw new Error(`${path} is no route of the package`)
    paths[path] = { ...paths[path], [verb.toLowerCase()]: operationOf(verb, path, method) }
  }
  return { paths, components: { schemas } }

  function operationOf(verb, path, [type, name, number = 0]) {
    const methods = declared.get(type).members.filter((one) => one.name === name)
    const { given, answer } = methods.at(number).type
    const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, one]) => one)
    const fields = given
      .filter((one, i) => i >= names.length || isOptions(one))
      .flatMap(fieldsOf)
      .filter((one) => !OF_THE_CLIENT.has(one.name))
    const query = { ...PAGES, ...Object.fromEntries(fields.map((one) => [one.name, one.schema])) }
    const body = {
      type: 'object',
      properties: Object.fromEntries(fields.map((one) => [one.name, one.schema])),
      required: fields.filter((one) => one.isRequired).map((one) => one.name),
    }
    return {
      parameters: [
        ...names.map((one) => ({ name: one, in: 'path', schema: {} })),
        ...(verb === 'GET' ? Object.entries(query) : []).map(([one, schema]) => ({
          name: one,
          in: 'query',
          schema,
        })),
      ],
      ...(verb === 'GET' ? {} : { requestBody: json(body) }),
      responses: { '2XX': json(schemaOf(answer.given[0].given[0])), default: json({}) },
    }
  }

  /** Options are fields beside those that are parameters of their own, in the manner of JavaScript. */
  function fieldsOf({ name, isOptional, type }) {
    if (!isOptions({ name })) return [{ name: snake(name), isRequired: !isOptional, schema: resolved(type) }]
    return membersOf(type).members.map((one) => ({
      name: snake(one.name),
      isRequired: !one.isOptional,
      schema: resolved(one.type),
    }))
  }

  function resolved(type) {
    const isChoice = type.kind === 'named' && declared.get(type.name)?.kind === 'choice'
    return schemaOf(isChoice ? declared.get(type.name) : type)
  }
}

function isOptions({ name }) {
  return name === 'options' || name === '{}'
}

function shapeOf(template) {
  return template.replaceAll(/\$?\{[^}]*\}/g, '{}').replaceAll(/\/\{\}(?=\/\{\}\/notes)/g, '/merge_requests')
}

function snake(name) {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

function json(schema) {
  return { content: { 'application/json': { schema } } }
}
