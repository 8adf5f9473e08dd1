export type ServerSentEvent = { readonly id?: string; readonly event?: string; readonly data: unknown }

export type EventSink = { readonly send: (event: ServerSentEvent) => void; readonly close: () => void }

const HEARTBEAT_MS = 15_000
/** A reader that takes nothing for this many bytes is cut off; it resumes with its last id. */
const QUEUE_BYTES_MAX = 4 * 1024 * 1024

/** A stream of server-sent events. `start` gets the sink and returns what to do when the reader is gone. */
export function eventStream(signal: AbortSignal, start: (sink: EventSink) => () => void): Response {
  const encoder = new TextEncoder()
  let finish = () => {}
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        let open = true
        let stop = () => {}
        const write = (text: string) => {
          if (!open) return
          controller.enqueue(encoder.encode(text))
          if ((controller.desiredSize ?? 0) < -QUEUE_BYTES_MAX) finish()
        }
        const heartbeat = setInterval(() => write(': still here\n\n'), HEARTBEAT_MS)
        finish = () => {
          if (!open) return
          open = false
          clearInterval(heartbeat)
          stop()
          try {
            controller.close()
          } catch {
            // The reader cancelled: the stream is closed already.
          }
        }
        signal.addEventListener('abort', () => finish(), { once: true })
        write('retry: 1000\n\n')
        stop = start({ send: (event) => write(print(event)), close: () => finish() })
        if (!open) stop()
      },
      cancel() {
        finish()
      },
    },
    { highWaterMark: 0, size: (chunk) => chunk?.byteLength ?? 0 },
  )
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    },
  })
}

function print({ id, event, data }: ServerSentEvent): string {
  return [
    ...(id === undefined ? [] : [`id: ${id}`]),
    ...(event === undefined ? [] : [`event: ${event}`]),
    `data: ${JSON.stringify(data)}`,
    '',
    '',
  ].join('\n')
}
