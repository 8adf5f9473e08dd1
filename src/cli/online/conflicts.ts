import * as z from 'zod'
import type { FileRef } from '../../core/model/resource.ts'
import { type FileConflict, isFileConflict } from '../../core/wire/conflict-sides.ts'
import { listOf } from '../../core/wire/list.ts'
import { Conflict } from '../../core/wire/plan.ts'
import { CliError, EXIT } from '../exit.ts'
import type { Client } from './client.ts'

const ConflictList = listOf(Conflict)
export const Settled = z.object({ changeSet: z.string() })

export async function readConflicts(client: Client): Promise<readonly FileConflict[]> {
  return (await client.get('/git/conflicts', ConflictList)).items.filter(isFileConflict)
}

/** The open conflict of a resource; a resource without one is no answer to what was asked. */
export async function readConflict(client: Client, { kind, slug }: FileRef): Promise<FileConflict> {
  const all = await readConflicts(client)
  const found = all.find((one) => one.kind === kind && one.slug === slug)
  if (found !== undefined) return found
  const others = all.length === 0 ? 'nothing is' : all.map((one) => `${one.kind}/${one.slug}`).join(', ')
  throw new CliError(EXIT.usage, `${kind}/${slug} is not in conflict.`, `In conflict: ${others}.`)
}
