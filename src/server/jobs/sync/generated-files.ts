import { writeAliasFile } from '../../../core/format/alias-file.ts'
import { writeManifest } from '../../../core/format/manifest.ts'
import { type Manifest, type ManifestEntry, readManifest } from '../../../core/format/read-file.ts'
import { own } from '../../../core/model/json.ts'
import type { Value } from '../../../core/model/resource.ts'
import type { GeneratedWrite } from '../../../core/plan/commits/draft.ts'
import { sameAliases } from '../../../core/plan/merge-aliases.ts'
import { blobId } from '../../../git/blob-id.ts'
import { connectionValues } from '../../../store/snapshot-queries.ts'
import { textOf } from './read-own-files.ts'
import { type Facts, known, type Work } from './work.ts'

/** Manifest and alias file where they are not what they should be (F16, F17). */
export async function generatedFiles(work: Work, facts: Facts): Promise<GeneratedWrite[]> {
  return [...(await manifestFile(work, facts)), ...(await aliasFile(work, facts))]
}

async function manifestFile(work: Work, facts: Facts): Promise<GeneratedWrite[]> {
  const { own: files } = known(facts.reading)
  const present = await connectionValues(work.db, work.connection.workspaceId)
  const wanted: Manifest = {
    sources: entriesOf(present.sources),
    destinations: entriesOf(present.destinations),
  }
  // Ours as we would write it now: its id tells, and it has not to be read.
  if (files.manifestBlob === blobId(writeManifest(null, wanted) ?? '')) return []
  const old = files.manifestBlob === null ? null : (await textOf(work, files.manifestBlob)).text
  const manifest = old === null ? null : readManifest(files.manifestPath, old, work.limits).manifest
  const existing = old !== null && manifest ? { text: old, manifest } : null
  const text = writeManifest(existing, wanted)
  return text === null ? [] : [{ kind: 'manifest', path: files.manifestPath, text, isNew: old === null }]
}

function entriesOf(
  rows: readonly { readonly slug: string; readonly value: Value }[],
): Map<string, ManifestEntry> {
  return new Map(
    rows.map(({ slug, value }) => {
      const [name, type] = [own(value, 'name'), own(value, 'type')]
      return [
        slug,
        { ...(typeof name === 'string' ? { name } : {}), type: typeof type === 'string' ? type : '' },
      ]
    }),
  )
}

/**
 * A missing one is made, except while files wait for what a deleted one said (E6). A wish of the app that somebody
 * has to consent to first stays a wish: once the file says it, what it means would be no change any more (S16).
 */
async function aliasFile(work: Work, facts: Facts): Promise<GeneratedWrite[]> {
  const { own: files, mode } = known(facts.reading)
  const aliases = known(facts.aliases)
  const isMissed = mode === 'following' && known(facts.plan).pending.length > 0
  if (files.aliasBlob === null && isMissed && sameAliases(files.aliases, aliases)) return []
  if (files.aliasBlob !== null && (sameAliases(files.aliases, aliases) || isReassignmentHeld(facts)))
    return []
  const old = files.aliasBlob === null ? null : (await textOf(work, files.aliasBlob)).text
  const text = writeAliasFile(old, aliases)
  return [{ kind: 'aliases', path: files.aliasPath, text, isNew: files.aliasBlob === null }]
}

function isReassignmentHeld({ plan }: Facts): boolean {
  return known(plan).held.some(({ reason }) => reason === 'reassignment')
}
