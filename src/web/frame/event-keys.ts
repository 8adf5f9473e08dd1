import type { WorkspaceEvent } from '../../core/wire/events.ts'

/** Which queries an event makes stale. */
export function keysOf(ws: string, event: WorkspaceEvent): readonly (readonly unknown[])[] {
  switch (event.type) {
    case 'resource':
      return [
        ['ws', ws, event.kind],
        ['ws', ws, 'git', 'connection'],
        ['ws', ws, 'git', 'conflicts'],
      ]
    case 'resources':
      return [['ws', ws]]
    case 'run':
      return [['ws', ws, 'git']]
    case 'connection':
      return [['ws', ws, 'git']]
  }
}
