import type { ConnectionFacts, DoctorFacts } from './facts.ts'
import { type DoctorItem, fail, pass } from './item.ts'

const ID = 'credentials'
const TITLE = 'Credentials'

/** May the stored credentials read and write? */
export function checkCredentials(
  { workspace: { slug } }: DoctorFacts,
  { remote, branch }: ConnectionFacts,
): readonly DoctorItem[] {
  switch (remote.kind) {
    case 'ok':
      return [pass(ID, TITLE, `${slug} can read and write the repository on the branch ${branch}.`)]
    case 'failed':
      return [
        fail({
          id: ID,
          title: TITLE,
          message: `${slug} cannot read and write the repository: ${remote.message}`,
          fix: FIXES.get(remote.code) ?? 'Change the connection so that its test succeeds.',
          mend: { kind: 'connect' },
        }),
      ]
    case 'timed-out':
      return [
        fail({
          id: ID,
          title: TITLE,
          message: `The repository of ${slug} did not answer within ${remote.seconds} seconds.`,
          fix: UNREACHABLE,
          mend: { kind: 'connect' },
        }),
      ]
  }
}

const UNREACHABLE =
  'Check the address of the repository and that this server can reach its host, then check again.'
const NO_RIGHT =
  'Put in a token or key that may read and write this repository; a token needs the right to write contents.'

const FIXES: ReadonlyMap<string, string> = new Map([
  ['auth', NO_RIGHT],
  ['forbidden', NO_RIGHT],
  [
    'not-found',
    'Check the address for a typing mistake, and that the credentials may see the repository: many hosts hide one that they may not.',
  ],
  ['unreachable', UNREACHABLE],
  ['timeout', UNREACHABLE],
  ['busy', 'Check again in a minute.'],
  ['server-error', 'Check again in a minute; if it stays, the host has a fault of its own.'],
  [
    'host-key',
    "Put the host's present key into the connection's known hosts, once you know that it is right.",
  ],
  ['tls', "Have the server trust the host's certificate (TANDEM_GIT_CA_FILE)."],
  ['no-start', 'Name a branch to start from that is there, or leave it empty.'],
  ['refused-by-policy', 'Use an address that the administrator of this server allows.'],
])
