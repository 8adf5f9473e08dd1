import { wellKnownHost } from '../words/commit-url.ts'
import type { ConnectDraft } from './draft.ts'

export type HostGuide = {
  readonly title: string
  /** What to click, in order. */
  readonly steps: readonly string[]
  /** The least rights, by what they are for. */
  readonly rights: readonly { readonly name: string; readonly use: string }[]
}

const GITHUB_USES = [
  { name: 'Contents: Read and write', use: 'to read and write the files' },
  { name: 'Pull requests: Read and write', use: 'for reviews and the comment with the plan' },
] as const
const WEBHOOKS = { name: 'Webhooks: Read and write', use: 'to register the webhook by itself (optional)' }

export const GITHUB_TOKEN: HostGuide = {
  title: 'A token of GitHub',
  steps: [
    'Settings → Developer settings → Personal access tokens → Fine-grained tokens → Generate new token.',
    'Resource owner: the owner of the repository. Repository access: Only select repositories, this one.',
    'Permissions → Repositories: those below. A classic token needs the scope repo instead.',
  ],
  rights: [
    ...GITHUB_USES,
    { name: 'Commit statuses: Read and write', use: 'to report the check of a pull request' },
    WEBHOOKS,
  ],
}

export const GITHUB_APP: HostGuide = {
  title: 'A GitHub App',
  steps: [
    'Settings → Developer settings → GitHub Apps → New GitHub App. Switch its own webhook off; give it the permissions below.',
    'On its page: note the App ID, then Private keys → Generate a private key, which downloads a .pem file.',
    'Install App → the owner of the repository → Only select repositories. The address of the page that follows ends with the installation ID.',
  ],
  rights: [
    ...GITHUB_USES,
    { name: 'Checks: Read and write', use: 'to report the check, with problems at their lines' },
    WEBHOOKS,
  ],
}

export const GITLAB_TOKEN: HostGuide = {
  title: 'A token of GitLab',
  steps: [
    'In the project: Settings → Access tokens → Add new token. It belongs to the project and to no person.',
    'Role: Developer, or Maintainer so that the webhook is registered by itself. Scopes: those below.',
    'Where the project offers none, a group or personal access token of somebody with that role serves too.',
  ],
  rights: [
    { name: 'api', use: 'for merge requests, their statuses and notes, and the webhook' },
    { name: 'write_repository', use: 'to read and write the files' },
  ],
}

export const BITBUCKET_TOKEN: HostGuide = {
  title: 'An access token of Bitbucket',
  steps: [
    'In the repository: Repository settings → Security → Access tokens → Create repository access token. It belongs to the repository and to no person.',
    'Permissions: those below. Enter no user name here.',
  ],
  rights: [
    { name: 'Repositories: Write', use: 'to read and write the files, and to report the status of a commit' },
    { name: 'Pull requests: Write', use: 'for reviews and the comment with the plan' },
    { name: 'Webhooks: Read and write', use: 'to register the webhook by itself (optional)' },
  ],
}

export const AZURE_DEVOPS_TOKEN: HostGuide = {
  title: 'A token of Azure DevOps',
  steps: [
    'User settings → Personal access tokens → New Token, of a service account that may contribute to the repository.',
    'Organization: the one of the repository. Scopes: Custom defined → Show all scopes, those below.',
  ],
  rights: [
    {
      name: 'Code: Read & write',
      use: 'to read and write the files, for reviews and the comment with the plan',
    },
    { name: 'Code (status): Read & write', use: 'to report the status of a pull request' },
    {
      name: 'Service Hooks: Read & write',
      use: 'to register the webhook by itself, as an administrator of the project (optional)',
    },
  ],
}

export const GITEA_TOKEN: HostGuide = {
  title: 'A token of Gitea or Forgejo',
  steps: [
    'Settings → Applications → Generate new token, as a user with Write access to the repository.',
    'Select permissions: those below. Administrator access to the repository lets the webhook be registered by itself.',
  ],
  rights: [
    { name: 'repository: Read and write', use: 'for files, pull requests, statuses and the webhook' },
    { name: 'issue: Read and write', use: 'for the comment with the plan' },
  ],
}

const TOKENS: Readonly<Partial<Record<ConnectDraft['host'], HostGuide>>> = {
  github: GITHUB_TOKEN,
  gitlab: GITLAB_TOKEN,
  bitbucket: BITBUCKET_TOKEN,
  'azure-devops': AZURE_DEVOPS_TOKEN,
  gitea: GITEA_TOKEN,
}

/** Null: nothing is known of the host yet. */
export function hostGuide({
  access,
  host,
  url,
}: Pick<ConnectDraft, 'access' | 'host' | 'url'>): HostGuide | null {
  if (access === 'github-app') return GITHUB_APP
  const type = host === '' ? wellKnownHost(url) : host
  return (type && TOKENS[type]) ?? null
}
