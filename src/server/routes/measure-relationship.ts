import { own } from '../../core/model/json.ts'
import { KIND_WORDS } from '../../core/model/kind.ts'
import { measureKeys } from '../../core/relationships/measure-keys.ts'
import { MeasureRelationship, RelationshipMeasure } from '../../core/wire/relationship.ts'
import { getResource } from '../../store/resources.ts'
import { type Endpoint, type WorkspaceCall, workspaceEndpoint } from '../http/endpoint.ts'
import { notFound } from '../problem-error.ts'
import { queryOf } from './query-of.ts'
import { displayName } from './resources.ts'
import { savedSource, withConnector } from './source-connector.ts'

export const measureEndpoints: readonly Endpoint[] = [
  workspaceEndpoint({
    method: 'post',
    path: '/workspaces/{ws}/measure-relationship',
    action: 'workspace.read',
    tag: 'Resources',
    summary: 'What the data says of a relationship between two saved models',
    description:
      'Counts the keys of the first 50,000 rows of each model, for at most 10 seconds: how many find one on the other side, how often a key repeats, which types they have, and where that contradicts what is declared. No value leaves the server.',
    body: MeasureRelationship,
    answers: { 200: { description: 'The measure and its warnings.', schema: RelationshipMeasure } },
    handle: async (call) => {
      const { mapping, cardinality } = call.body
      const [from, to] = await Promise.all([
        readEnd(
          call,
          call.body.from,
          mapping.map((pair) => pair.fromColumn),
        ),
        readEnd(
          call,
          call.body.to,
          mapping.map((pair) => pair.toColumn),
        ),
      ])
      const names = { from: from.name, to: to.name }
      const measure = measureKeys(from.keys, to.keys, { cardinality, pairs: mapping, names })
      const body: RelationshipMeasure = {
        ...measure,
        from: { ...measure.from, types: [...from.keys.types] },
        to: { ...measure.to, types: [...to.keys.types] },
        warnings: [...measure.warnings],
      }
      return { status: 200, body }
    },
  }),
]

type Asking = Pick<
  WorkspaceCall<typeof MeasureRelationship, typeof MeasureRelationship>,
  'context' | 'workspace' | 'actor'
>

async function readEnd(call: Asking, end: MeasureRelationship['from'], columns: readonly string[]) {
  const { context, workspace } = call
  const model = await getResource(context.db, workspace.id, end.kind, end.slug)
  const slug = own(model?.value ?? {}, 'source')
  if (model === null || typeof slug !== 'string') {
    throw notFound(`${KIND_WORDS[end.kind]} "${end.slug}" with a source`)
  }
  const query = await queryOf(context.db, call, slug, { type: 'saved', ...end })
  const source = await savedSource(context, workspace.id, slug)
  const keys = await withConnector(context, source, (one) => one.keys(query, columns))
  return { keys, name: displayName(model.value, end.slug) }
}
