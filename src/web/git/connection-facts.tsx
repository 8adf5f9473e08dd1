import type { Connection, CredentialsAnswer } from '../../core/wire/git.ts'
import type { Fact } from '../components/Facts.tsx'
import { count } from '../words/count.ts'

export function connectionFacts(connection: Connection): readonly Fact[] {
  return [
    { label: 'Repository', value: <code>{connection.url}</code> },
    { label: 'Branch', value: <code>{connection.branch}</code> },
    {
      label: 'Path',
      value: connection.path === '' ? 'the whole repository' : <code>{connection.path}</code>,
    },
    { label: 'Credentials', value: credentialWords(connection.credentials) },
    {
      label: 'Looks for commits',
      value:
        connection.pollSeconds === 0
          ? 'when a webhook or a person asks'
          : `every ${count(connection.pollSeconds, 'second')}`,
    },
    {
      label: 'What is saved here',
      value:
        connection.mode === 'review' ? (
          'goes to a review of its author, until it is merged'
        ) : (
          <>
            goes to <code>{connection.branch}</code> by itself
          </>
        ),
    },
    {
      label: 'What comes in',
      value: connection.approval ? 'waits for the approval of an admin' : 'is applied by itself',
    },
    ...(connection.adopt === null
      ? []
      : [{ label: 'Adopted manifest', value: <code>{connection.adopt}</code> }]),
  ]
}

export function credentialWords(credentials: CredentialsAnswer): string {
  switch (credentials.type) {
    case 'none':
      return 'none'
    case 'token':
      return credentials.username === undefined
        ? 'a token, stored encrypted'
        : `a token of ${credentials.username}, stored encrypted`
    case 'ssh':
      return 'an SSH key, stored encrypted'
    case 'github-app':
      return `the GitHub App ${credentials.appId}, its key stored encrypted`
  }
}
