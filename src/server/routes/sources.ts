import { parsePointer } from '../../core/model/json-pointer.ts'
import { AnyResource } from '../../core/wire/resource.ts'
import { joinSecrets, splitSecrets } from '../../core/wire/secret-keys.ts'
import {
  CloneSource,
  ColumnsAnswer,
  ColumnsRequest,
  PreviewAnswer,
  PreviewRequest,
  SourceTest,
  SourceTestAnswer,
  TablesAnswer,
} from '../../core/wire/source.ts'
import { getResource } from '../../store/resources.ts'
import { workspaceBySlug } from '../../store/workspaces.ts'
import { connect, type TestOutcome } from '../../warehouse/connector.ts'
import { authorize } from '../auth/authorize.ts'
import { type Endpoint, workspaceEndpoint } from '../http/endpoint.ts'
import { etag } from '../http/if-match.ts'
import { notFound, ProblemError } from '../problem-error.ts'
import { queryOf } from './query-of.ts'
import { toBody } from './resource-body.ts'
import { saveChanges } from './save-changes.ts'
import { savedSource, withConnector, withSecrets } from './source-connector.ts'

const SOURCE = '/workspaces/{ws}/sources/{slug}'

export const sourceEndpoints: readonly Endpoint[] = [
  workspaceEndpoint({
    method: 'post',
    path: '/workspaces/{ws}/sources/test',
    action: 'source.connect',
    tag: 'sources',
    summary: 'Test a source as it would be saved; nothing is stored',
    body: SourceTest,
    answers: { 200: { description: 'What came of it.', schema: SourceTestAnswer } },
    handle: async ({ context, workspace, body }) => {
      const saved = body.slug ? await getResource(context.db, workspace.id, 'sources', body.slug) : null
      const { config, secrets } = splitSecrets(body.type, body.config ?? {})
      const sameType = saved !== null && saved.value.type === body.type
      const stored = sameType ? await withSecrets(context, workspace.id, saved, config) : config
      const given = [...secrets].map(([pointer, value]) => [parsePointer(pointer), value] as const)
      return { status: 200, body: await outcome(context, body.type, joinSecrets(stored, given)) }
    },
  }),
  workspaceEndpoint({
    method: 'post',
    path: `${SOURCE}/test`,
    action: 'source.query',
    tag: 'sources',
    summary: 'Test a saved source',
    answers: { 200: { description: 'What came of it.', schema: SourceTestAnswer } },
    handle: async ({ context, workspace, param }) => {
      const { type, config } = await savedSource(context, workspace.id, param('slug'))
      return { status: 200, body: await outcome(context, type, config) }
    },
  }),
  workspaceEndpoint({
    method: 'get',
    path: `${SOURCE}/tables`,
    action: 'workspace.read',
    tag: 'sources',
    summary: 'List the tables of a source',
    answers: { 200: { description: 'All of them.', schema: TablesAnswer } },
    handle: async ({ context, workspace, param }) => {
      const source = await savedSource(context, workspace.id, param('slug'))
      return { status: 200, body: { tables: await withConnector(context, source, (one) => one.tables()) } }
    },
  }),
  workspaceEndpoint({
    method: 'post',
    path: `${SOURCE}/columns`,
    action: 'workspace.read',
    tag: 'sources',
    summary: 'Names and types of the columns that a query gives',
    description: 'A saved model with the role viewer; any query with the right `source.query`.',
    body: ColumnsRequest,
    answers: { 200: { description: 'The columns.', schema: ColumnsAnswer } },
    handle: async (call) => {
      const { context, workspace, body, param } = call
      const query = await queryOf(context.db, call, param('slug'), body.query)
      const source = await savedSource(context, workspace.id, param('slug'))
      return {
        status: 200,
        body: { columns: await withConnector(context, source, (one) => one.columns(query)) },
      }
    },
  }),
  workspaceEndpoint({
    method: 'post',
    path: `${SOURCE}/preview`,
    action: 'workspace.read',
    tag: 'sources',
    summary: 'The first rows that a query gives',
    description:
      'One statement that selects, at most 100 rows and 10 seconds. A saved model with the role viewer; any query with the right `source.query`.',
    body: PreviewRequest,
    answers: { 200: { description: 'The rows.', schema: PreviewAnswer } },
    handle: async (call) => {
      const { context, workspace, body, param } = call
      const query = await queryOf(context.db, call, param('slug'), body.query)
      const source = await savedSource(context, workspace.id, param('slug'))
      const preview = await withConnector(context, source, (one) => one.preview(query, body.limit))
      return { status: 200, body: preview }
    },
  }),
  workspaceEndpoint({
    method: 'post',
    path: `${SOURCE}/clone`,
    action: 'workspace.read',
    tag: 'sources',
    summary: 'Copy a source into another workspace, without its secrets',
    description:
      'Needs the right `resource.write` in the other workspace. The slug stays; 409 where it is taken.',
    body: CloneSource,
    answers: { 201: { description: 'The copy.', schema: AnyResource } },
    handle: async ({ context, workspace, actor, body, param }) => {
      const source = await getResource(context.db, workspace.id, 'sources', param('slug'))
      if (source === null) throw notFound(`source "${param('slug')}" in this workspace`)
      const target = await workspaceBySlug(context.db, body.workspace)
      authorize(actor, 'resource.write', target)
      if (target === null) throw notFound(`workspace "${body.workspace}"`)
      const writes = [{ kind: source.kind, slug: source.slug, value: source.value, isNew: true }]
      const who = { actor, workspace: target }
      const asked = { kind: 'save', message: null, writes, deletes: [], renames: [] } as const
      const { resources, changeSetId } = await saveChanges(context, who, asked).catch((error: unknown) => {
        const taken = error instanceof ProblemError && error.code === 'stale'
        throw taken ? slugTaken(source.slug, target.slug) : error
      })
      const [copy] = resources
      if (copy === undefined) throw new Error('a write gives its resource back')
      return {
        status: 201,
        body: await toBody(context.db, target.id, copy),
        headers: { etag: etag(copy.revision) },
        audit: {
          action: 'source.clone',
          subject: `sources/${source.slug}`,
          detail: { copiedFrom: workspace.slug },
          workspaceId: target.id,
          changeSet: changeSetId,
        },
      }
    },
  }),
]

function slugTaken(slug: string, workspace: string): ProblemError {
  return new ProblemError(
    'slug-taken',
    `The workspace "${workspace}" has a source "${slug}" already, and a copy keeps its slug. Use that one, or rename or delete it first.`,
  )
}

async function outcome(
  context: Parameters<typeof withConnector>[0],
  type: string,
  config: Parameters<typeof withConnector>[1]['config'],
): Promise<SourceTestAnswer> {
  const probe = connect(type, config, context.warehousePolicy)
  if ('kind' in probe) {
    return {
      state: 'no-connector',
      message: `There is no connector for the type ${type}: nothing can be tested.`,
    }
  }
  try {
    return answerOf(await probe.test())
  } finally {
    await probe.close()
  }
}

function answerOf(tested: TestOutcome): SourceTestAnswer {
  if (tested.kind === 'ok') {
    return { state: 'ok', ms: tested.ms, version: tested.version, tables: tested.tables }
  }
  return { state: 'failed', code: tested.code, message: tested.message, hint: tested.hint }
}
