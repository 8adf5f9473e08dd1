/** What the adapters in src/git/hosts ask for, and what the tests do as a person at the host. */
export const GITHUB = [
  'GET /app/installations/{installation_id}',
  'POST /app/installations/{installation_id}/access_tokens',
  'GET /repos/{owner}/{repo}',
  'GET /repos/{owner}/{repo}/branches/{branch}',
  'GET /repos/{owner}/{repo}/rules/branches/{branch}',
  'GET /repos/{owner}/{repo}/pulls',
  'POST /repos/{owner}/{repo}/pulls',
  'GET /repos/{owner}/{repo}/pulls/{pull_number}',
  'PATCH /repos/{owner}/{repo}/pulls/{pull_number}',
  'GET /repos/{owner}/{repo}/commits/{ref}/check-runs',
  'POST /repos/{owner}/{repo}/check-runs',
  'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}',
  'POST /repos/{owner}/{repo}/statuses/{sha}',
  'GET /repos/{owner}/{repo}/issues/{issue_number}/comments',
  'POST /repos/{owner}/{repo}/issues/{issue_number}/comments',
  'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}',
  'GET /repos/{owner}/{repo}/hooks',
  'POST /repos/{owner}/{repo}/hooks',
  'PATCH /repos/{owner}/{repo}/hooks/{hook_id}',
]

export const GITEA = [
  'GET /repos/{owner}/{repo}',
  'GET /repos/{owner}/{repo}/branches/{branch}',
  'GET /repos/{owner}/{repo}/pulls',
  'POST /repos/{owner}/{repo}/pulls',
  'GET /repos/{owner}/{repo}/pulls/{index}',
  'PATCH /repos/{owner}/{repo}/pulls/{index}',
  'POST /repos/{owner}/{repo}/statuses/{sha}',
  'GET /repos/{owner}/{repo}/issues/{index}/comments',
  'POST /repos/{owner}/{repo}/issues/{index}/comments',
  'PATCH /repos/{owner}/{repo}/issues/comments/{id}',
  'GET /repos/{owner}/{repo}/hooks',
  'POST /repos/{owner}/{repo}/hooks',
  'PATCH /repos/{owner}/{repo}/hooks/{id}',
]

/** With the method of @gitbeaker/core that describes it; the number is which of its overloads. */
export const GITLAB = {
  'GET /personal_access_tokens/self': ['PersonalAccessTokens', 'show'],
  'GET /projects/{id}': ['Projects', 'show', -1],
  'GET /projects/{id}/repository/branches/{branch}': ['Branches', 'show'],
  'GET /projects/{id}/merge_requests': ['MergeRequests', 'all', -1],
  'POST /projects/{id}/merge_requests': ['MergeRequests', 'create'],
  'GET /projects/{id}/merge_requests/{merge_request_iid}': ['MergeRequests', 'show'],
  'PUT /projects/{id}/merge_requests/{merge_request_iid}': ['MergeRequests', 'edit'],
  'POST /projects/{id}/statuses/{sha}': ['Commits', 'editStatus'],
  'GET /projects/{id}/merge_requests/{merge_request_iid}/notes': ['MergeRequestNotes', 'all'],
  'POST /projects/{id}/merge_requests/{merge_request_iid}/notes': ['MergeRequestNotes', 'create'],
  'PUT /projects/{id}/merge_requests/{merge_request_iid}/notes/{note_id}': ['MergeRequestNotes', 'edit'],
  'GET /projects/{id}/hooks': ['ProjectHooks', 'all'],
  'POST /projects/{id}/hooks': ['ProjectHooks', 'add'],
  'PUT /projects/{id}/hooks/{hook_id}': ['ProjectHooks', 'edit'],
}

export const BITBUCKET = [
  'GET /repositories/{workspace}/{repo_slug}',
  'GET /repositories/{workspace}/{repo_slug}/branch-restrictions',
  'GET /repositories/{workspace}/{repo_slug}/commit/{commit}',
  'GET /repositories/{workspace}/{repo_slug}/pullrequests',
  'POST /repositories/{workspace}/{repo_slug}/pullrequests',
  'GET /repositories/{workspace}/{repo_slug}/pullrequests/{pull_request_id}',
  'PUT /repositories/{workspace}/{repo_slug}/pullrequests/{pull_request_id}',
  'POST /repositories/{workspace}/{repo_slug}/pullrequests/{pull_request_id}/decline',
  'POST /repositories/{workspace}/{repo_slug}/commit/{commit}/statuses/build',
  'GET /repositories/{workspace}/{repo_slug}/pullrequests/{pull_request_id}/comments',
  'POST /repositories/{workspace}/{repo_slug}/pullrequests/{pull_request_id}/comments',
  'PUT /repositories/{workspace}/{repo_slug}/pullrequests/{pull_request_id}/comments/{comment_id}',
  'GET /repositories/{workspace}/{repo_slug}/hooks',
  'POST /repositories/{workspace}/{repo_slug}/hooks',
  'PUT /repositories/{workspace}/{repo_slug}/hooks/{uid}',
]

/** What Bitbucket takes and its documentation's text names, but its schema does not. */
export const BITBUCKET_ALSO = { pullrequest: { description: { type: 'string' } } }

/** With the client and method of azure-devops-extension-api that describe it. */
export const AZURE_DEVOPS = {
  'GET /{project}/_apis/git/repositories/{repositoryId}': ['GitRestClient', 'getRepository'],
  'GET /{project}/_apis/policy/configurations': ['PolicyRestClient', 'getPolicyConfigurations'],
  'GET /{project}/_apis/git/repositories/{repositoryId}/pullRequests': ['GitRestClient', 'getPullRequests'],
  'POST /{project}/_apis/git/repositories/{repositoryId}/pullRequests': [
    'GitRestClient',
    'createPullRequest',
  ],
  'GET /{project}/_apis/git/repositories/{repositoryId}/pullRequests/{pullRequestId}': [
    'GitRestClient',
    'getPullRequest',
  ],
  'PATCH /{project}/_apis/git/repositories/{repositoryId}/pullRequests/{pullRequestId}': [
    'GitRestClient',
    'updatePullRequest',
  ],
  'POST /{project}/_apis/git/repositories/{repositoryId}/pullRequests/{pullRequestId}/statuses': [
    'GitRestClient',
    'createPullRequestStatus',
  ],
  'GET /{project}/_apis/git/repositories/{repositoryId}/pullRequests/{pullRequestId}/threads': [
    'GitRestClient',
    'getThreads',
  ],
  'POST /{project}/_apis/git/repositories/{repositoryId}/pullRequests/{pullRequestId}/threads': [
    'GitRestClient',
    'createThread',
  ],
  'PATCH /{project}/_apis/git/repositories/{repositoryId}/pullRequests/{pullRequestId}/threads/{threadId}/comments/{commentId}':
    ['GitRestClient', 'updateComment'],
  'GET /_apis/hooks/subscriptions': ['ServiceHooksRestClient', 'listSubscriptions'],
  'POST /_apis/hooks/subscriptions': ['ServiceHooksRestClient', 'createSubscription'],
  'PUT /_apis/hooks/subscriptions/{subscriptionId}': ['ServiceHooksRestClient', 'replaceSubscription'],
}
