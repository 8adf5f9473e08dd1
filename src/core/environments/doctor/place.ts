import type { ConnectionFacts, DoctorFacts, OtherWorkspace } from './facts.ts'
import { type DoctorItem, fail, type Mend, pass, warn } from './item.ts'

const ID = 'place'
const TITLE = 'Branch and path'

/** E5: one workspace a branch and path, or several that all say so, each with its own manifest. */
export function checkPlace(
  { workspace: { slug } }: DoctorFacts,
  connection: ConnectionFacts,
): readonly DoctorItem[] {
  const faults = connection.others.flatMap((other) => clash(slug, connection, other))
  if (faults.length > 0) return faults
  const better = betterBranch(slug, connection)
  if (better !== null) return [better]
  const where = `the branch ${connection.branch}${connection.path === '' ? '' : ` and the path ${connection.path}`}`
  const sharers = connection.others.filter(({ place }) => place === 'same').map((other) => other.slug)
  const alone =
    connection.hidden === 0
      ? `${slug} has ${where} to itself.`
      : `No other workspace of yours uses ${where} beside ${slug}.`
  const whose =
    sharers.length === 0 ? alone : `${slug} shares ${where} on purpose with ${sharers.join(', ')}.`
  return [pass(ID, TITLE, whose)]
}

/**
 * The repository has a branch of the workspace's name, nobody uses it, and the connection names another one that is
 * not the default: most likely a slip of the pen, which the first sync made a branch of.
 */
function betterBranch(slug: string, { branch, remote, others }: ConnectionFacts): DoctorItem | null {
  if (remote.kind !== 'ok' || branch === slug || branch === remote.defaultBranch) return null
  if (!remote.branches.includes(slug) || others.some((other) => other.branch === slug)) return null
  return warn({
    id: `${ID}:branch`,
    title: TITLE,
    message: `${slug} uses the branch ${branch}, but the repository has a branch ${slug} that no workspace of yours uses.`,
    fix: `Use the branch ${slug}; its first sync shows a plan before anything changes. If ${branch} is right, delete the other one.`,
    mend: { kind: 'switch-branch', branch: slug },
  })
}

function clash(slug: string, connection: ConnectionFacts, other: OtherWorkspace): readonly DoctorItem[] {
  const { manifestFile, branch, path } = connection
  const told = (message: string, fix: string, mend: Mend = { kind: 'connect' }) => [
    fail({ id: `${ID}:${other.slug}`, title: TITLE, message, fix, mend }),
  ]
  if (other.place === 'inside') {
    return told(
      `The path of ${slug} and that of ${other.slug} lie inside each other's folders, so one reads the files of the other.`,
      'Give one of the two workspaces another path.',
    )
  }
  if (other.place !== 'same') return []
  if (!connection.shared || !other.shared) {
    const silent = connection.shared ? other.slug : slug
    return told(
      `${slug} and ${other.slug} both use the branch ${branch}${path === '' ? '' : ` and the path ${path}`}, but ${silent} does not say that it shares them.`,
      `Mark the connection of ${silent} as shared, or give one of the two another branch or path.`,
      // Where neither says so, no one click makes both do.
      connection.shared || other.shared ? { kind: 'share', workspace: silent } : { kind: 'connect' },
    )
  }
  if (other.manifestFile !== manifestFile) return []
  return told(
    `${slug} and ${other.slug} both write ${manifestFile}, so each undoes what the other says of its sources.`,
    'Take the adopted manifest out of the connection of one of the two.',
  )
}
