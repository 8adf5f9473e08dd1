import { describe, expect, it } from 'vitest'
import { parseRemoteUrl } from './parse-remote-url.ts'
import { DEFAULT_GIT_POLICY, type GitPolicy } from './policy.ts'

const open: GitPolicy = { ...DEFAULT_GIT_POLICY, protocols: ['https', 'ssh', 'http', 'file'] }

/** What git gets, or the sentence that a person reads. */
function outcome(text: string, policy: GitPolicy = DEFAULT_GIT_POLICY): string {
  const parsed = parseRemoteUrl(text, policy)
  return parsed.problem ?? parsed.value.argument
}

describe('parseRemoteUrl', () => {
  it.each([
    ['https://github.com/acme/schema.git', 'https://github.com/acme/schema.git'],
    [' https://GitHub.com:443/acme/schema/ ', 'https://github.com/acme/schema'],
    ['https://git.example.com:8443/a%20b.git', 'https://git.example.com:8443/a%20b.git'],
    ['https://[::1]:8443/a.git', 'https://[::1]:8443/a.git'],
    ['https://0x7f.1/a.git', 'https://127.0.0.1/a.git'],
    ['git@github.com:acme/schema.git', 'git@github.com:acme/schema.git'],
    ['github.com:acme/schema.git', 'git@github.com:acme/schema.git'],
    ['ssh://git@git.example.com:2222/acme/schema.git', 'ssh://git@git.example.com:2222/acme/schema.git'],
    ['ssh://git.example.com/~/schema.git', 'ssh://git@git.example.com/~/schema.git'],
    ['deploy@[fe80::1]:schema.git', 'deploy@[fe80::1]:schema.git'],
  ])('[Z2] builds what git gets from the parts of %j', (typed, argument) => {
    expect(outcome(typed)).toBe(argument)
  })

  it.each([
    ['http://git.example.com/a.git', 'http://git.example.com/a.git'],
    ['file:///srv/git/a%20b.git', '/srv/git/a b.git'],
    ['/srv//git/./a.git/', '/srv/git/a.git'],
  ])('[Z2] takes %j where the administrator allows it', (typed, argument) => {
    expect(outcome(typed, open)).toBe(argument)
    expect(outcome(typed)).toMatch(/^The protocol (http|file) is not allowed here\. Allowed are https, ssh;/)
  })

  it('[Z2] takes a folder under a file root and none beside it', () => {
    const policy: GitPolicy = { ...DEFAULT_GIT_POLICY, fileRoots: ['/var/lib/tandem/demo'] }
    expect(outcome('file:///var/lib/tandem/demo/remote.git', policy)).toBe('/var/lib/tandem/demo/remote.git')
    expect(outcome('file:///var/lib/tandem/demolition.git', policy)).toMatch(
      /^The protocol file is not allowed/,
    )
    expect(outcome('file:///var/lib/tandem/demo/../secret.git', policy)).toMatch(/holds "\.\."/)
  })

  it.each([
    ['ext::sh -c touch% /tmp/x', 'The URL holds a space'],
    ['ext::sh', 'The protocol ext is not supported'],
    ['fd::17', 'The protocol fd is not supported'],
    ['git://git.example.com/a.git', 'The protocol git is not supported'],
    ['ftp://git.example.com/a.git', 'The protocol ftp is not supported'],
    ['javascript:alert(1)', 'The URL names no protocol'],
    ['--upload-pack=touch', 'The URL begins with "-"'],
    ['-oProxyCommand=x:y', 'The URL begins with "-"'],
    ['ssh://-oProxyCommand=x/y', 'The host name'],
    ['git@-oProxyCommand=x:y', 'The host name'],
    ['ssh://-lroot@host/y', 'The user name'],
    ['ssh://git@host/-y', 'The path in the URL begins with "-"'],
    ['git@host:-y', 'The path in the URL begins with "-"'],
    ['https://host/a/../b.git', 'The URL holds ".."'],
    ['https://host/a/%2e%2e/b.git', 'The URL holds ".."'],
    ['git@host:../b.git', 'The URL holds ".."'],
    ['https://host/a\n.git', 'The URL holds a control character'],
    ['https://host/a\u202e.git', 'The URL holds an invisible character'],
    [`https://host/${'a'.repeat(4_096)}`, 'The URL is 4109 bytes long'],
    ['https://host/', 'The URL names a host but no repository'],
    ['ssh://git@host', 'The URL names a host but no repository'],
    ['ssh://git@host:99999/a.git', 'The port 99999 does not exist'],
    ['https://host/a.git?x=1', 'The URL holds "?" or "#"'],
    ['https://ho st/a.git', 'The URL holds a space'],
    ['https://', 'The URL cannot be read'],
    ['acme/schema', 'The URL names no protocol'],
    ['', 'The URL is empty'],
  ])('[Z2] refuses %j with a clear sentence', (typed, beginning) => {
    expect(outcome(typed)).toContain(beginning)
    expect(outcome(typed)).toMatch(/^.{10,300}\.$/)
  })

  it.each([
    'https://ann:hunter2-secret@host/a.git',
    'https://hunter2-secret@host/a.git',
    'ssh://ann:hunter2-secret@host/a.git',
  ])('[Z4] refuses credentials in %j, says where they belong and does not repeat them', (typed) => {
    expect(outcome(typed)).toMatch(/The URL holds (credentials|a password).*belongs under credentials/)
    expect(outcome(typed)).not.toContain('hunter2')
  })
})
