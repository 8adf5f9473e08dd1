import { type RenameInput, renameAlias } from '../../../core/environments/rename-alias.ts'
import { classifyPath, isFileMode } from '../../../core/format/classify.ts'
import type { FileRef } from '../../../core/model/resource.ts'
import { connectionSlugs } from '../../../store/snapshot-queries.ts'
import type { RunOptions } from '../../../store/tables/git.ts'
import { pushOwnCommit } from './own-commit.ts'
import { decode } from './read-files.ts'
import { fileSlug } from './read-own-files.ts'
import { SyncError } from './sync-error.ts'
import { type Facts, known, NEXT, type StepResult, type Work } from './work.ts'

type Rename = NonNullable<RunOptions['renameAlias']>

/**
 * The commit that gives an alias another name in every file at once (E6), when somebody asked for it: on the
 * head, as a person would do it by hand. What it comes to is found by fetching anew.
 */
export async function renameAliasInFiles(work: Work, facts: Facts): Promise<StepResult> {
  const rename = work.run.options.renameAlias
  const { parent } = known(facts.head)
  if (!rename || facts.aliasCommit !== undefined || parent === null) return NEXT
  const renaming = renameAlias(await inputOf(work, rename, parent))
  if (renaming.kind === 'done') return NEXT
  if (renaming.kind === 'refused')
    throw new SyncError('alias-rename', renaming.message, { hint: renaming.hint })
  const { path: root } = work.connection
  const subject = `Rename alias ${rename.from} to ${rename.to}`
  const files = renaming.files.map(({ path, text }) => ({
    path: root === '' ? path : `${root}/${path}`,
    text,
  }))
  const { oid, outcome } = await pushOwnCommit(work, known(facts.head), subject, files)
  if (outcome.kind === 'pushed') facts.aliasCommit = oid
  else if (outcome.kind !== 'rejected-race') {
    const hint =
      'Nothing was renamed. Allow the push on the host, or rename the alias in a pull request by hand.'
    throw new SyncError('push-rejected', `The remote refused the push: ${outcome.reason}`, { hint })
  }
  return { kind: 'again', from: 'fetch' }
}

async function inputOf(work: Work, rename: Rename, head: string): Promise<RenameInput> {
  const entries = await work.repository.listTree(head, work.connection.path)
  const found = entries.flatMap(({ path, oid, faithful, mode }) => {
    const place = classifyPath(path)
    return faithful && isFileMode(mode) && place.kind !== 'guest' ? [{ path, oid, place }] : []
  })
  const whole = new Set(found.flatMap(({ oid, place }) => (place.kind === 'resource' ? [] : [oid])))
  const texts = new Map<string, string | null>()
  const limits = { maxBytes: work.limits.fileBytes }
  const blobs = new Set(found.map(({ oid }) => oid))
  for await (const { oid, bytes } of work.repository.readBlobs(blobs, limits, work.signal)) {
    const text = bytes && decode(bytes)
    if (whole.has(oid) || (text !== null && mayName(text, rename))) texts.set(oid, text)
  }
  const resources: { path: string; ref: FileRef; text: string }[] = []
  const aliasFiles = new Map<string, { path: string; text: string | null }>()
  const manifests = new Map<string, { path: string; text: string | null }>()
  for (const { path, oid, place } of found) {
    const text = texts.get(oid)
    if (text === undefined) continue
    if (place.kind === 'aliases') aliasFiles.set(place.workspace, { path, text })
    else if (place.kind === 'manifest') manifests.set(place.workspace, { path, text })
    else if (text !== null) resources.push({ path, ref: place.ref, text })
  }
  const slugs = await connectionSlugs(work.db, work.connection.workspaceId)
  const own = { slug: fileSlug(work), slugs: new Set(slugs[rename.section]) }
  return { rename, own, resources, aliasFiles, manifests, limits: work.limits }
}

/** Nothing else has to be parsed; with escapes, or over several lines, a name can look otherwise. */
function mayName(text: string, { from, to }: Rename): boolean {
  return text.includes(from) || text.includes(to) || text.includes('\\') || /\s/.test(from + to)
}
