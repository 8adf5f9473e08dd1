import type { DoctorFacts } from './facts.ts'
import { type DoctorItem, fail, pass, warn } from './item.ts'

/** Is there a repository, and was its first sync asked for (S29)? */
export function checkConnected({ workspace: { slug }, connection }: DoctorFacts): readonly DoctorItem[] {
  const id = 'connection'
  const title = 'Connection'
  if (connection === null) {
    return [
      fail({
        id,
        title,
        message: `No repository is connected to ${slug}.`,
        fix: 'Connect a repository; an admin of the workspace may.',
        mend: { kind: 'connect' },
      }),
    ]
  }
  if (connection.isSynced) return [pass(id, title, `${slug} is connected and was synced.`)]
  return [
    warn({
      id,
      title,
      message: `${slug} is connected, but nothing is read or written before the first sync.`,
      fix: 'Look at the plan of the first sync and start it.',
      mend: { kind: 'connect' },
    }),
  ]
}
