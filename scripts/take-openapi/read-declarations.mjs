/**
 * Reads TypeScript declarations (interfaces, types and classes) into JSON Schema, as far as descriptions of an
 * API use them: objects, lists, choices, what is put together, and what is picked or left out.
 */
import { tokensOf } from './tokens.mjs'

const PLAIN = {
  string: { type: 'string' },
  number: { type: 'number' },
  boolean: { type: 'boolean' },
  null: { type: 'null' },
  Date: { type: 'string' },
  object: { type: 'object' },
}

export function readDeclarations(text) {
  const declared = new Map()
  for (const [name, one] of parse(tokensOf(text))) if (!declared.has(name)) declared.set(name, one)

  /** A type in the terms of JSON Schema; `named` are left as references. */
  function schemaOf(type) {
    switch (type.kind) {
      case 'literal':
        return { enum: [type.value] }
      case 'list':
        return { type: 'array', items: schemaOf(type.of) }
      case 'object':
        return objectOf(type)
      case 'choice':
        return choiceOf(type.of.map(schemaOf))
      case 'both':
        return objectOf(membersOf(type))
      case 'at':
        return { $ref: `#/components/schemas/${type.name}` }
      case 'named':
        return namedOf(type)
      default:
        return {}
    }
  }

  function namedOf({ name, given }) {
    if (Object.hasOwn(PLAIN, name)) return PLAIN[name]
    if (name === 'Array') return { type: 'array', items: schemaOf(given[0]) }
    if (name === 'Record') return { type: 'object', additionalProperties: schemaOf(given[1]) }
    if (['Pick', 'Omit', 'MappedOmit', 'Partial'].includes(name))
      return objectOf(membersOf({ kind: 'named', name, given }))
    return declared.has(name) ? { $ref: `#/components/schemas/${name}` } : {}
  }

  function objectOf({ members, rest }) {
    const properties = Object.fromEntries(members.map(({ name, type }) => [name, schemaOf(type)]))
    const required = members.filter(({ isOptional }) => !isOptional).map(({ name }) => name)
    return {
      type: 'object',
      ...(members.length > 0 ? { properties } : {}),
      ...(members.length === 0 && rest ? { additionalProperties: schemaOf(rest) } : {}),
      ...(required.length > 0 ? { required } : {}),
    }
  }

  /** All members of a type, those that it has from others too. */
  function membersOf(type) {
    if (type.kind === 'object') {
      const above = type.above.flatMap((one) => membersOf(one).members)
      const own = new Set(type.members.map(({ name }) => name))
      return { members: [...above.filter(({ name }) => !own.has(name)), ...type.members], rest: type.rest }
    }
    if (type.kind === 'both') {
      const members = new Map(type.of.flatMap((one) => membersOf(one).members).map((one) => [one.name, one]))
      return { members: [...members.values()] }
    }
    if (type.kind === 'at') return membersOf(atOf(type))
    if (type.kind !== 'named') return { members: [] }
    const [from, names] = type.given ?? []
    const chosen = () => new Set((names.of ?? [names]).map(({ value }) => value))
    if (type.name === 'Partial')
      return { members: membersOf(from).members.map((one) => ({ ...one, isOptional: true })) }
    if (type.name === 'Pick')
      return { members: membersOf(from).members.filter(({ name }) => chosen().has(name)) }
    if (type.name === 'Omit' || type.name === 'MappedOmit')
      return { members: membersOf(from).members.filter(({ name }) => !chosen().has(name)) }
    return declared.has(type.name) ? membersOf(declared.get(type.name)) : { members: [] }
  }

  /** `components["schemas"]["name"]`, the only place of another type that is followed. */
  function atOf({ name }) {
    const whole = declared.get('components') ?? { kind: 'unknown' }
    const schemas = membersOf(whole).members.find((one) => one.name === 'schemas')
    return (
      membersOf(schemas?.type ?? whole).members.find((one) => one.name === name)?.type ?? { kind: 'unknown' }
    )
  }

  return {
    declared,
    schemaOf,
    membersOf,
    /** Declarations as schemas, each made when it is asked for: most are not used, and some are made of themselves. */
    schemas: new Proxy(
      {},
      {
        get: (_, name) => {
          const type = declared.get(name) ?? atOf({ name })
          return type.kind === 'object' || type.kind === 'both' ? objectOf(membersOf(type)) : schemaOf(type)
        },
      },
    ),
  }
}

function choiceOf(all) {
  const some = all.filter((one) => one.type !== 'null')
  const isNullable = some.length < all.length
  const values = some.flatMap((one) => one.enum ?? [])
  const isOfValues = some.length > 0 && some.every((one) => one.enum !== undefined)
  const schema = isOfValues ? { enum: values } : some.length === 1 ? some[0] : { anyOf: some }
  if (!isNullable) return schema
  return { ...(schema.$ref === undefined ? schema : { anyOf: [schema] }), nullable: true }
}

/** `interface A extends B { … }`, `type A = …`, `class A { … }`; everything else is passed over. */
function* parse(tokens) {
  let at = 0
  const peek = () => tokens[at]
  const take = (wanted) => {
    if (wanted !== undefined && peek() !== wanted) {
      throw new Error(`${wanted} is expected: ${tokens.slice(at - 10, at + 5).join(' ')}`)
    }
    return tokens[at++]
  }
  const took = (wanted) => peek() === wanted && Boolean(take())

  while (at < tokens.length) {
    const word = take()
    if (word === 'interface' || word === 'class') {
      const name = take()
      if (peek() === '<') generics()
      const above = took('extends') ? list(',', primary) : []
      if (took('implements')) list(',', primary)
      if (peek() === '{') yield [name, { ...object(), above }]
    } else if (word === 'type' && /^\w+$/.test(peek() ?? '')) {
      const name = take()
      if (peek() === '<') generics()
      if (took('=')) yield [name, type()]
    } else if (word === 'enum') {
      const name = take()
      yield [name, { kind: 'choice', of: enumeration() }]
    }
  }

  function enumeration() {
    const values = []
    take('{')
    while (!took('}')) {
      const name = unquoted(take())
      const value = took('=') ? literal(take()) : name
      // A number is one of TypeScript alone: JSON has the name.
      values.push({ kind: 'literal', value: typeof value === 'number' ? lowerFirst(name) : value })
      took(',')
    }
    return values
  }

  function generics() {
    take('<')
    let depth = 1
    while (depth > 0) {
      const token = take()
      if (token === '<') depth++
      else if (token === '>') depth--
    }
  }

  function list(between, one) {
    const found = [one()]
    while (took(between)) found.push(one())
    return found
  }

  function type() {
    took('|')
    const choices = list('|', both)
    if (took('extends')) {
      // A conditional type says nothing that is used.
      type()
      take('?')
      type()
      take(':')
      type()
      return { kind: 'unknown' }
    }
    const said = choices.filter((one) => !(one.kind === 'named' && one.name === 'undefined'))
    return said.length === 1 ? said[0] : { kind: 'choice', of: said }
  }

  function both() {
    took('&')
    const parts = list('&', postfix)
    return parts.length === 1 ? parts[0] : { kind: 'both', of: parts }
  }

  function postfix() {
    let found = primary()
    while (peek() === '[') {
      take('[')
      if (took(']')) {
        found = { kind: 'list', of: found }
        continue
      }
      const inner = type()
      take(']')
      const isWhole = found.kind === 'named' && found.name === 'components'
      found = isWhole || found.kind === 'at' ? { kind: 'at', name: inner.value } : { kind: 'unknown' }
    }
    return found
  }

  function primary() {
    if (peek() === '{') return object()
    if (peek() === '(') return parenthesis()
    if (took('[')) {
      while (!took(']')) {
        if (!took('...')) type()
        took(',')
      }
      return { kind: 'unknown' }
    }
    const word = take()
    if (word === 'readonly') return postfix()
    if (['keyof', 'typeof', 'infer', 'unique'].includes(word)) {
      postfix()
      return { kind: 'unknown' }
    }
    if (/^['"`\d-]/.test(word) || word === 'true' || word === 'false')
      return { kind: 'literal', value: literal(word) }
    let name = word
    while (took('.')) name = take()
    if (took('is')) return type()
    if (!took('<')) return { kind: 'named', name }
    const given = list(',', type)
    take('>')
    return { kind: 'named', name, given }
  }

  /** A function's parameters, or a type in parentheses. */
  function parenthesis() {
    const from = at
    let depth = 0
    do {
      const token = take()
      if (token === '(') depth++
      else if (token === ')') depth--
    } while (depth > 0)
    if (took('=>')) {
      type()
      return { kind: 'unknown' }
    }
    const to = at
    at = from + 1
    const inner = type()
    at = to
    return inner
  }

  function object() {
    const members = []
    let rest = null
    take('{')
    while (!took('}')) {
      while (
        ['readonly', 'private', 'protected', 'static', '-', '+'].includes(peek()) &&
        !/^[?:(,;]/.test(tokens[at + 1] ?? '')
      )
        take()
      if (took('[')) {
        while (!took(']')) take()
        took('-')
        took('?')
        if (took(':')) rest = type()
      } else if (peek() === '(' || peek() === '<') {
        if (peek() === '<') generics()
        parameters()
        if (took(':')) type()
      } else {
        const name = unquoted(take())
        const isOptional = took('?')
        if (peek() === '<') generics()
        if (peek() === '(') {
          const given = parameters()
          members.push({
            name,
            isOptional: true,
            type: { kind: 'method', given, answer: took(':') ? type() : { kind: 'unknown' } },
          })
        } else if (took(':')) {
          const of = type()
          const isNever = of.kind === 'named' && of.name === 'never'
          if (!isNever) members.push({ name, isOptional, type: of })
        }
      }
      if (!took(';')) took(',')
    }
    return { kind: 'object', members, rest, above: [] }
  }

  function parameters() {
    const found = []
    take('(')
    while (!took(')')) {
      took('...')
      let name = '{}'
      if (peek() === '{') skipBraces()
      else name = take()
      const isOptional = took('?')
      found.push({ name, isOptional, type: took(':') ? type() : { kind: 'unknown' } })
      took(',')
    }
    return found
  }

  function skipBraces() {
    let depth = 0
    do {
      const token = take()
      if (token === '{') depth++
      else if (token === '}') depth--
    } while (depth > 0)
  }
}

function literal(token) {
  if (token === 'true' || token === 'false') return token === 'true'
  return /^['"`]/.test(token) ? unquoted(token) : Number(token)
}

function lowerFirst(name) {
  return name[0].toLowerCase() + name.slice(1)
}

function unquoted(token) {
  return /^['"`]/.test(token) ? token.slice(1, -1) : token
}
