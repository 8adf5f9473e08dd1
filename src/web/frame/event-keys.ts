import type { WorkspaceEvent } from '../../core/wire/events.ts'

const UNDER_WAY: readonly string[] = ['queued', 'running']

/** Which queries an event makes stale. */
export function keysOf(ws: string, event: WorkspaceEvent): readonly (readonly unknown[])[] {
  switch (event.type) {
    case 'resource':
      return [
        ['ws', ws, event.kind],
        ['ws', ws, 'git', 'connection'],
        ['ws', ws, 'git', 'conflicts'],
        ['ws', ws, 'compare'],
        ['ws', ws, 'doctor'],
        ['ws', ws, 'environments'],
        ['ws', ws, 'deleted'],
      ]
    case 'resources':
      return [['ws', ws]]
    case 'run':
      // A run that ended may have left any resource in conflict, pending or set aside.
      return [UNDER_WAY.includes(event.state) ? ['ws', ws, 'git'] : ['ws', ws]]
    case 'connection':
      return [
        ['ws', ws, 'git'],
        ['ws', ws, 'doctor'],
        ['ws', ws, 'environments'],
      ]
    case 'workspace':
      return [['me'], ['ws', ws]]
  }
}
