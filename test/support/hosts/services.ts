import { azureDevopsService } from './azure-devops/program.ts'
import { bitbucketService } from './bitbucket/program.ts'
import { giteaService } from './gitea/program.ts'
import { githubService } from './github/program.ts'
import { gitlabService } from './gitlab/program.ts'
import type { Service } from './program.ts'
import { MERGE_METHODS, type MergeMethod } from './pulls.ts'

export type ServiceRow = {
  readonly name: string
  readonly service: () => Service
  /** The ways to merge that are played here: all of them once, and of each other service the one it is used with most. */
  readonly merges: readonly MergeMethod[]
}

/** Every host that has pull requests: what one keeps to, all keep to. */
export const SERVICES: readonly ServiceRow[] = [
  { name: 'GitHub', service: githubService, merges: MERGE_METHODS },
  { name: 'Gitea', service: giteaService, merges: ['squash'] },
  { name: 'GitLab', service: gitlabService, merges: ['rebase'] },
  { name: 'Bitbucket', service: bitbucketService, merges: ['squash'] },
  { name: 'Azure DevOps', service: azureDevopsService, merges: ['merge'] },
]
