import { join } from 'node:path'
import { spellAliases } from '../core/environments/aliases.ts'
import { newPath } from '../core/format/classify.ts'
import { DEFAULT_LIMITS } from '../core/format/limits.ts'
import { fileValueOf } from '../core/format/normalize.ts'
import { readResource } from '../core/format/read-file.ts'
import { writeResource } from '../core/format/write.ts'
import type { FileRef, Value } from '../core/model/resource.ts'
import type { ResourceFile } from '../core/wire/resource.ts'
import { GitError } from '../git/git-error.ts'
import { openRepository } from '../git/repository.ts'
import { getAliases } from '../store/aliases.ts'
import type { Context } from './context.ts'
import { aliasesOf } from './routes/new-slug.ts'

/** The file of a resource exactly as Git has it, or will have it with this value (W2). */
export async function fileText(
  context: Context,
  workspaceId: string,
  ref: FileRef,
  value: Value,
): Promise<ResourceFile> {
  const aliases = aliasesOf(await getAliases(context.db, workspaceId))
  const base = await baseOf(context, workspaceId, ref)
  const text = base && (await readBlob(context, base.connectionId, base.blob))
  const path = base?.path ?? newPath(ref)
  const read = text === null ? null : readResource(path, ref, text, DEFAULT_LIMITS)
  const existing = read?.kind === 'resource' && text !== null ? { text, value: read.value } : null
  const spelled = spellAliases(ref.kind, value, aliases, existing?.value ?? null)
  const fileValue = fileValueOf(ref.kind, spelled, existing?.value ?? null, base?.value ?? null)
  return { path, text: writeResource(ref.kind, existing, fileValue) }
}

async function baseOf({ db }: Context, workspaceId: string, { kind, slug }: FileRef) {
  const row = await db
    .selectFrom('base')
    .innerJoin('connection', 'connection.id', 'base.connection_id')
    .select(['base.connection_id as connectionId', 'base.path', 'base.blob', 'base.value'])
    .where('connection.workspace_id', '=', workspaceId)
    .where('base.kind', '=', kind)
    .where('base.slug', '=', slug)
    .executeTakeFirst()
  return row ?? null
}

/** Null: the cache has not got it, which the next sync mends; until then the canonical text is shown. */
async function readBlob(context: Context, connectionId: string, oid: string): Promise<string | null> {
  const { gitCacheDir, gitPolicy } = context
  try {
    const repository = await openRepository(join(gitCacheDir, `${connectionId}.git`), gitPolicy.limits)
    for await (const { bytes } of repository.readBlobs([oid], { maxBytes: DEFAULT_LIMITS.fileBytes })) {
      return bytes && new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    }
    return null
  } catch (error) {
    if (error instanceof GitError || error instanceof TypeError) return null
    throw error
  }
}
