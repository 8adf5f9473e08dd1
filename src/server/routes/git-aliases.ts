import { AliasTable, RenameAlias, RenamedAlias } from '../../core/wire/environments.ts'
import { AliasesWire } from '../../core/wire/git.ts'
import { getAliases, type PutAliasesOutcome, putAliases } from '../../store/aliases.ts'
import { requestSync } from '../../store/runs.ts'
import { readAliasTable } from '../environments/alias-table.ts'
import { checkAliasRename } from '../environments/rename-alias.ts'
import { type Endpoint, workspaceEndpoint } from '../http/endpoint.ts'
import { ProblemError } from '../problem-error.ts'
import { connected, startedRun } from './git-runs.ts'

const PATH = '/workspaces/{ws}/git/aliases'

export const gitAliasEndpoints: readonly Endpoint[] = [
  workspaceEndpoint({
    method: 'get',
    path: PATH,
    action: 'git.read',
    tag: 'Git',
    summary: 'What names in the shared files mean in this workspace',
    answers: { 200: { description: 'Aliases and the slugs that they stand for.', schema: AliasesWire } },
    handle: async ({ context, workspace }) => {
      await connected(context, workspace)
      return { status: 200, body: await getAliases(context.db, workspace.id) }
    },
  }),
  workspaceEndpoint({
    method: 'get',
    path: `${PATH}/table`,
    action: 'git.read',
    tag: 'Git',
    summary: 'What each name of the shared files means in every workspace on the repository',
    description:
      'For a name that means nothing here, the likeliest sources or destinations, by name, type and tables in common.',
    answers: { 200: { description: 'A row a name.', schema: AliasTable } },
    handle: async ({ context, workspace, actor }) => {
      const connection = await connected(context, workspace)
      return { status: 200, body: await readAliasTable(context.db, actor, workspace, connection) }
    },
  }),
  workspaceEndpoint({
    method: 'put',
    path: PATH,
    action: 'git.aliases',
    tag: 'Git',
    summary: 'Change the aliases; the next sync writes the alias file',
    body: AliasesWire,
    answers: { 200: { description: 'As they are now.', schema: AliasesWire } },
    handle: async ({ context, workspace, actor, body }) => {
      await connected(context, workspace)
      const before = await getAliases(context.db, workspace.id)
      const outcome = await putAliases(context.db, workspace.id, body, actor)
      if (outcome.kind !== 'saved') throw aliasProblem(outcome)
      return {
        status: 200,
        body: await getAliases(context.db, workspace.id),
        audit: { action: 'git.aliases', values: { before, after: body } },
      }
    },
  }),
  workspaceEndpoint({
    method: 'post',
    path: `${PATH}/rename`,
    action: 'git.aliases',
    tag: 'Git',
    summary: 'Give an alias another name in every file at once',
    description:
      'One commit, as you, of the alias file, every file that says the old name, and the alias files of the workspaces that share the path: each file means what it meant. `addIn` names the workspaces that read these files from another branch, with the line that each needs before they arrive there.',
    body: RenameAlias,
    answers: {
      200: { description: 'The run ended within `waitSeconds`.', schema: RenamedAlias },
      202: { description: 'The run goes on.', schema: RenamedAlias },
    },
    handle: async ({ context, workspace, actor, body, request }) => {
      const connection = await connected(context, workspace)
      const { waitSeconds, ...renameAlias } = body
      const addIn = await checkAliasRename(context.db, { actor, workspace, connection }, renameAlias)
      const id = await requestSync(context.db, connection, { trigger: 'manual', actor, renameAlias })
      const started = await startedRun(context, workspace, id, waitSeconds, request.signal)
      const { section, from, to } = renameAlias
      const audit = { action: 'git.rename-alias', subject: from, run: id, detail: { section, to } }
      return { ...started, body: { run: started.body, addIn }, audit }
    },
  }),
]

function aliasProblem(outcome: Exclude<PutAliasesOutcome, { kind: 'saved' }>): ProblemError {
  switch (outcome.kind) {
    case 'not-synced':
      return new ProblemError('not-connected', 'The alias file is read by the first sync. Run that first.')
    case 'in-use': {
      const uses = outcome.names.map(({ name, files }) => `${name} (in ${files.join(', ')})`).join('; ')
      return new ProblemError(
        'still-referenced',
        `Files still use these aliases: ${uses}. Keep them, or change the files first.`,
      )
    }
    case 'unknown-slug':
      return new ProblemError(
        'invalid-setting',
        `The workspace has no ${outcome.slugs.join(', ')}. An alias stands for the slug of a source or destination here.`,
      )
    case 'cycle':
      return new ProblemError(
        'invalid-setting',
        `These aliases stand for each other: ${outcome.names.join(', ')}.`,
      )
  }
}
