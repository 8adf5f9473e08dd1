import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { isObject, type Json } from '../model/json.ts'
import { printPointer } from '../model/json-pointer.ts'
import type { Value } from '../model/resource.ts'
import { HINT, SECRET_SHAPES, SHORTEST } from './shapes.ts'

/** A secret in a resource. `digest` stands for its text, which nobody is shown (Z4). */
export type FoundSecret = { readonly path: string; readonly what: string; readonly digest: string }

/** Z12: what in a value looks like a secret, at its JSON pointer, in the order of the value. */
export function findSecrets(value: Value): FoundSecret[] {
  return texts(value, [], []).flatMap(({ path, text }) =>
    secretsIn(text).map(({ what, secret }) => ({
      path: printPointer(path),
      what,
      digest: digestOf(secret),
    })),
  )
}

type Text = { readonly path: readonly (string | number)[]; readonly text: string }

/**
 * Adds to `found` the texts that may hold a secret: few do, and the others cost one look. `path` is one list for
 * the whole walk, copied where something is found.
 */
function texts(json: Json, path: (string | number)[], found: Text[]): readonly Text[] {
  const below = (key: string | number, item: Json) => {
    path.push(key)
    texts(item, path, found)
    path.pop()
  }
  if (typeof json === 'string') {
    if (json.length >= SHORTEST && HINT.test(json)) found.push({ path: [...path], text: json })
  } else if (Array.isArray(json)) {
    for (const [i, item] of json.entries()) below(i, item)
  } else if (isObject(json)) {
    for (const [key, item] of Object.entries(json)) below(key, item)
  }
  return found
}

/** What a value has and another one has not: a secret that is in Git already is not kept out of it any more. */
export function newSecrets(value: Value, known: Value | null): FoundSecret[] {
  const found = findSecrets(value)
  if (found.length === 0 || known === null) return found
  const there = new Set(findSecrets(known).map(({ digest }) => digest))
  return found.filter(({ digest }) => !there.has(digest))
}

function secretsIn(text: string): { readonly what: string; readonly secret: string }[] {
  return SECRET_SHAPES.flatMap(({ what, pattern }) =>
    [...text.matchAll(pattern)].map((match) => ({ what, secret: match.groups?.secret ?? match[0] })),
  )
}

function digestOf(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)))
}
