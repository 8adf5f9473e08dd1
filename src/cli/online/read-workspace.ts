import type { Aliases } from '../../core/environments/aliases.ts'
import type { Manifest, ManifestEntry } from '../../core/format/read-file.ts'
import { type JsonObject, own, withoutKey } from '../../core/model/json.ts'
import { FILE_KINDS, type Kind } from '../../core/model/kind.ts'
import type { FileRef, Value } from '../../core/model/resource.ts'
import { AliasesWire } from '../../core/wire/git.ts'
import { FreeForm } from '../../core/wire/json.ts'
import { LIMIT_MAX, listOf } from '../../core/wire/list.ts'
import type { Client } from './client.ts'

export type WorkspaceContents = {
  readonly resources: readonly { readonly ref: FileRef; readonly value: Value }[]
  readonly manifest: Manifest
  readonly aliases: Aliases
}

const Page = listOf(FreeForm)

/** A whole workspace, through the API alone. */
export async function readWorkspace(client: Client): Promise<WorkspaceContents> {
  const resources = []
  for (const kind of FILE_KINDS) {
    for (const body of await readAll(client, kind)) {
      const value = ['slug', 'revision', 'git'].reduce(withoutKey, body)
      resources.push({ ref: { kind, slug: String(body.slug) }, value })
    }
  }
  const aliases = await client.find('/git/aliases', AliasesWire)
  return {
    resources,
    manifest: {
      sources: await readEntries(client, 'sources'),
      destinations: await readEntries(client, 'destinations'),
    },
    aliases: {
      sources: new Map(Object.entries(aliases?.sources ?? {})),
      destinations: new Map(Object.entries(aliases?.destinations ?? {})),
    },
  }
}

export async function readEntries(
  client: Client,
  kind: 'sources' | 'destinations',
): Promise<Map<string, ManifestEntry>> {
  const bodies = await readAll(client, kind)
  return new Map(
    bodies.map((body) => {
      const name = own(body, 'name')
      const entry = { type: String(body.type), ...(typeof name === 'string' ? { name } : {}) }
      return [String(body.slug), entry]
    }),
  )
}

async function readAll(client: Client, kind: Kind): Promise<JsonObject[]> {
  const bodies: JsonObject[] = []
  for (let cursor = ''; ; ) {
    const page = await client.get(`/${kind}?limit=${LIMIT_MAX}${cursor && `&cursor=${cursor}`}`, Page)
    bodies.push(...page.items)
    if (page.nextCursor === null) return bodies
    cursor = page.nextCursor
  }
}
