import { aliasedField } from '../../../core/environments/aliases.ts'
import { checkAliases } from '../../../core/environments/check-aliases.ts'
import { diagnoseFile } from '../../../core/format/diagnose.ts'
import type { Diagnostic } from '../../../core/model/diagnostic.ts'
import { own } from '../../../core/model/json.ts'
import { spelledNames } from '../../../store/bases.ts'
import { textOf } from './read-own-files.ts'
import { type Facts, known, type Work } from './work.ts'

/**
 * What is to be said of the files that belong to a workspace. A faulty alias is told, but stops nothing by
 * itself (S14): the files that use it wait (E4), the others go on.
 */
export async function ownFileDiagnostics(work: Work, facts: Facts): Promise<Diagnostic[]> {
  return [...otherManifests(facts), ...(await aliasDiagnostics(work, facts))]
}

/** E5: told in the first plan and run, when adopting it is still possible. */
function otherManifests(facts: Facts): Diagnostic[] {
  const { manifests } = known(facts.reading)
  return manifests.map(({ path, workspace }) => {
    const message = `This is the manifest of another workspace, \`${workspace}\`, which uses this path too or has used it.`
    const hint = `If \`${workspace}\` is this workspace under another name, connect with \`adopt\`; else leave it.`
    return diagnoseFile(path, { code: 'other-manifest', severity: 'notice', message, hint })
  })
}

/** E3: whenever the alias file is new here, and whenever somebody asks for everything. */
async function aliasDiagnostics(work: Work, facts: Facts): Promise<Diagnostic[]> {
  const { mode, own: files } = known(facts.reading)
  const { full, verify, dryRun } = work.run.options
  const { aliasPath: path, aliasBlob, aliases } = files
  const isDue = mode === 'first' || full || verify || dryRun || aliasBlob !== known(facts.state).alias_blob
  if (aliasBlob === null || !isDue || aliases.sources.size + aliases.destinations.size === 0) return []
  const { text } = await textOf(work, aliasBlob)
  if (text === null) return []
  return checkAliases(
    { path, text, aliases },
    known(facts.snapshot).connections,
    await usedNames(work, facts),
  )
}

/** The names that files spell at the head: those that were read, and the bases of all others. */
async function usedNames(work: Work, facts: Facts) {
  const { pairs } = known(facts.snapshot)
  const ids = pairs.flatMap(({ base }) => (base ? [base.id] : []))
  const { source, destination } = await spelledNames(work.db, work.connection.id, ids)
  const used = { sources: new Set(source), destinations: new Set(destination) }
  for (const { file, base } of pairs) {
    const value = file?.kind === 'read' ? file.fileValue : file && base?.fileValue
    const field = file && aliasedField(file.ref.kind)
    const name = field && value && own(value, field.key)
    if (field && typeof name === 'string') used[field.section].add(name)
  }
  return used
}
