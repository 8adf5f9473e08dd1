import type { Trailer } from '../../../git/commit-message.ts'
import type { Work } from './work.ts'

export function committerOf({ connection }: Work): { name: string; email: string } {
  return connection.author ?? { name: 'Tandem', email: 'tandem@localhost' }
}

/** By them a commit says where it comes from (S7). */
export function trailersOf({ workspace, run }: Work): Trailer[] {
  const byRun: Trailer[] = run.id === '' ? [] : [['Tandem-Run', run.id]]
  return [['Tandem-Workspace', workspace.slug], ...byRun]
}
