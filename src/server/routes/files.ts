import { isFileKind } from '../../core/model/kind.ts'
import { FreeForm } from '../../core/wire/json.ts'
import { ResourceFile } from '../../core/wire/resource.ts'
import { fileText } from '../file-text.ts'
import { type Endpoint, workspaceEndpoint } from '../http/endpoint.ts'
import { notFound } from '../problem-error.ts'
import { valueOfBody } from './resource-body.ts'
import { kindOf, storedResource } from './resources.ts'

const PATH = '/workspaces/{ws}/{kind}/{slug}/file'
const answers = { 200: { description: 'Path below the connection and text.', schema: ResourceFile } }

export const fileEndpoints: readonly Endpoint[] = [
  workspaceEndpoint({
    method: 'get',
    path: PATH,
    action: 'workspace.read',
    tag: 'Resources',
    summary: 'The YAML file of a resource, exactly as Git has or will have it',
    answers,
    handle: async ({ context, workspace, param }) => {
      const { kind, slug, value } = await storedResource(context, workspace.id, param)
      if (!isFileKind(kind)) throw notFound(`file for ${kind}: they stand in the manifest`)
      return { status: 200, body: await fileText(context, workspace.id, { kind, slug }, value) }
    },
  }),
  workspaceEndpoint({
    method: 'post',
    path: PATH,
    action: 'workspace.read',
    tag: 'Resources',
    summary: 'The YAML file as it would be with this value; nothing is saved',
    body: FreeForm,
    answers,
    handle: async ({ context, workspace, param, body }) => {
      const kind = kindOf(param)
      if (!isFileKind(kind)) throw notFound(`file for ${kind}: they stand in the manifest`)
      const ref = { kind, slug: param('slug') }
      return { status: 200, body: await fileText(context, workspace.id, ref, valueOfBody(body, kind)) }
    },
  }),
]
