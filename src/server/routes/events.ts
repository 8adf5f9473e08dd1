import { WorkspaceEvent } from '../../core/wire/events.ts'
import type { NumberedEvent } from '../events.ts'
import { type Endpoint, workspaceEndpoint } from '../http/endpoint.ts'
import { eventStream } from '../http/sse.ts'

export const eventEndpoints: readonly Endpoint[] = [
  workspaceEndpoint({
    method: 'get',
    path: '/workspaces/{ws}/events',
    action: 'workspace.read',
    tag: 'Workspaces',
    summary: 'Stream every change (server-sent events)',
    description:
      'An event says what to read again. After a break the stream goes on behind `Last-Event-ID`; where that is not known any more it sends `resources`: read everything again.',
    answers: { 200: { description: 'text/event-stream; the data of each event:', schema: WorkspaceEvent } },
    handle: async ({ context, workspace, request }) => {
      const { events } = context
      const lastId = request.headers.get('last-event-id')
      const stream = eventStream(request.signal, (sink) => {
        // Events carry the workspace's id inside; outside it is known by its slug.
        const send = ({ id, event }: NumberedEvent) =>
          sink.send({ id, data: { ...event, workspace: workspace.slug } })
        const missed = lastId === null ? [] : events.since(workspace.id, lastId)
        if (missed === null) sink.send({ data: { type: 'resources', workspace: workspace.slug } })
        else for (const event of missed) send(event)
        const unsubscribe = events.subscribe(workspace.id, send)
        const stop = events.onStop(sink.close)
        return () => {
          unsubscribe()
          stop()
        }
      })
      return { stream }
    },
  }),
]
