/** How services say that a branch takes no direct push. Anything else is a refusal like any (S10, S21). */
const WORDS: readonly RegExp[] = [
  // GitHub: protected branches and repository rules.
  /\bGH006\b|protected branch hook declined|protected branch update failed/i,
  /changes must be made through a pull request/i,
  // GitLab.
  /not allowed to push code to protected branches/i,
  // Bitbucket.
  /permission denied to update branch/i,
  // Azure DevOps.
  /\bTF402455\b|you must use a pull request to update this branch/i,
  // Gitea and Forgejo.
  /not allowed to push to protected branch/i,
]

export function isBranchProtection(reason: string): boolean {
  return WORDS.some((words) => words.test(reason))
}
