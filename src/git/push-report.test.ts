import { describe, expect, it } from 'vitest'
import { readPushReport } from './push-report.ts'

const report = (line: string): string => `To https://host/a.git\n${line}\nDone\n`

describe('readPushReport', () => {
  it.each([
    '*\tabc:refs/heads/main\t[new branch]',
    ' \tabc:refs/heads/main\t1111111..2222222',
    '=\tabc:refs/heads/main\t[up to date]',
  ])('[S10] takes %j for pushed', (line) => {
    expect(readPushReport(report(line), '')).toEqual({ kind: 'pushed' })
  })

  it.each([
    ['[rejected] (fetch first)', 'fetch first'],
    ['[rejected] (non-fast-forward)', 'non-fast-forward'],
    ['[rejected] (stale info)', 'stale info'],
    [
      "[remote rejected] (cannot lock ref 'refs/heads/main': is at 1a2b but expected 3c4d)",
      "cannot lock ref 'refs/heads/main': is at 1a2b but expected 3c4d",
    ],
    ['[remote rejected] (failed to update ref)', 'failed to update ref'],
    ['[remote rejected] (reference already exists)', 'reference already exists'],
  ])('[S10] takes %j for a lost race', (summary, reason) => {
    expect(readPushReport(report(`!\tabc:refs/heads/main\t${summary}`), '')).toEqual({
      kind: 'rejected-race',
      reason,
    })
  })

  it("[S10] gives the server's own words of a refusal, without the noise of its work", () => {
    const stderr = [
      'remote: Resolving deltas: 100% (1/1), done.        ',
      'remote: error: GH006: Protected branch update failed for refs/heads/main.        ',
      'remote: \u001b[31mAt least 1 approving review is required.\u001b[0m        ',
      'remote: ',
      'error: failed to push some refs',
    ].join('\n')
    const line = '!\tabc:refs/heads/main\t[remote rejected] (protected branch hook declined)'
    expect(readPushReport(report(line), stderr)).toEqual({
      kind: 'rejected',
      reason:
        'protected branch hook declined\nerror: GH006: Protected branch update failed for refs/heads/main.\nAt least 1 approving review is required.',
    })
  })

  it('[S10] knows nothing when the server did not report', () => {
    expect(readPushReport('', 'fatal: the remote end hung up unexpectedly')).toBeNull()
    const line = '!\tabc:refs/heads/main\t[remote failure] (remote failed to report status)'
    expect(readPushReport(report(line), '')).toBeNull()
  })
})
