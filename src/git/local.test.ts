import { describe, expect, it } from 'vitest'
import { isDamage } from './local.ts'

describe('isDamage', () => {
  it.each([
    "fatal: not a git repository: '/var/lib/tandem/git/1'",
    'fatal: not a tree object',
    'fatal: bad object refs/tandem/heads/1',
    'error: object file objects/aa/bb is empty',
    'fatal: loose object 1a2b (stored in objects/1a/2b) is corrupt',
    'fatal: unable to read tree 1111111111111111111111111111111111111111',
    'error: file ./objects/pack/pack-1.pack is far too short to be a packfile',
    'error: /srv/remote.git did not send all necessary objects',
    'fatal: bad config line 2 in file /var/lib/tandem/git/1/config',
    'fatal: Not a valid commit name 1111111111111111111111111111111111111111',
  ])('[S26] knows a broken cache by %j', (words) => {
    expect(isDamage(words)).toBe(true)
  })

  it.each([
    'fatal: Could not read from remote repository.',
    "fatal: '/srv/x.git' does not appear to be a git repository",
    "fatal: repository 'https://host/x.git/' not found",
    "fatal: could not read Username for 'https://host': terminal prompts disabled",
    'Corrupted MAC on input.',
    'SSL certificate problem: unable to get local issuer certificate',
    "git: 'remote-https' is not a git command",
    'fatal: early EOF',
    'fatal: write error: No space left on device',
  ])('[S26] does not blame the cache for %j', (words) => {
    expect(isDamage(words)).toBe(false)
  })
})
