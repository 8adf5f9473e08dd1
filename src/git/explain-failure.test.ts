import { describe, expect, it } from 'vitest'
import { type Attempt, explainLocalFailure, explainRemoteFailure } from './explain-failure.ts'

const https: Attempt = { remote: 'git.example.com', protocol: 'https', doing: 'read' }
const ssh: Attempt = { remote: 'git.example.com', protocol: 'ssh', doing: 'write' }

describe('explainRemoteFailure', () => {
  it.each([
    [https, "fatal: could not read Username for 'https://h': terminal prompts disabled", 'auth', 'never'],
    [https, 'remote: HTTP Basic: Access denied\nfatal: Authentication failed for', 'auth', 'never'],
    [https, 'The requested URL returned error: 403', 'forbidden', 'never'],
    [https, "fatal: repository 'https://h/a/' not found", 'not-found', 'never'],
    [https, 'The requested URL returned error: 301', 'redirected', 'never'],
    [https, 'The requested URL returned error: 429', 'busy', 'later'],
    [https, 'The requested URL returned error: 503', 'server-error', 'later'],
    [https, 'server certificate verification failed. CAfile: none CRLfile: none', 'tls', 'never'],
    [https, 'SSL certificate problem: self-signed certificate', 'tls', 'never'],
    [
      https,
      'GnuTLS recv error (-110): The TLS connection was non-properly terminated.',
      'unreachable',
      'later',
    ],
    [https, 'OpenSSL SSL_read: SSL_ERROR_SYSCALL, errno 104', 'unreachable', 'later'],
    [https, 'gnutls_handshake() failed: An unexpected TLS packet was received.', 'tls', 'never'],
    [https, 'Operation too slow. Less than 1 bytes/sec transferred', 'timeout', 'later'],
    [https, 'Failed to connect to h port 443: Connection refused', 'unreachable', 'later'],
    [https, 'fatal: the remote end hung up unexpectedly\nfatal: early EOF', 'unreachable', 'later'],
    [https, "fatal: unable to access 'https://h/': The requested URL returned error: 400", 'failed', 'later'],
    [
      https,
      "fatal: unable to access 'https://h/': Received HTTP/0.9 when not allowed",
      'unreachable',
      'later',
    ],
    [
      https,
      'fatal: pack is corrupted (SHA1 mismatch)\nfatal: fetch-pack: invalid index-pack output',
      'unreachable',
      'later',
    ],
    [https, 'fatal: protocol error: bad line length character: 00x6', 'unreachable', 'later'],
    [https, "fatal: transport 'https' not allowed", 'refused-by-policy', 'never'],
    [https, 'error: something nobody has seen', 'failed', 'later'],
    [ssh, 'git@h: Permission denied (publickey).', 'auth', 'never'],
    [ssh, 'Load key "/x": error in libcrypto\ngit@h: Permission denied (publickey).', 'auth', 'never'],
    [ssh, 'No ED25519 host key is known for h\nHost key verification failed.', 'host-key', 'never'],
    [
      ssh,
      'WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!\nHost key verification failed.',
      'host-key',
      'never',
    ],
    [ssh, 'ERROR: The key you are authenticating with has been marked as read only.', 'forbidden', 'never'],
    [ssh, "fatal: '/x' does not appear to be a git repository", 'not-found', 'never'],
    [ssh, 'ssh: connect to host h port 22: Connection timed out', 'timeout', 'later'],
    [ssh, 'fatal: write error: No space left on device', 'disk', 'later'],
    [https, 'error: index-pack died of signal 25\nfatal: index-pack failed', 'disk', 'later'],
  ] as const)('[S10] tells people what %# means', (attempt, stderr, code, retry) => {
    const error = explainRemoteFailure(stderr, attempt)
    expect({ code: error.code, retry: error.retry, detail: error.detail }).toEqual({
      code,
      retry,
      detail: stderr,
    })
    expect(error.message).toMatch(/^[A-Zg].+[.!]$/)
    expect(error.message).not.toMatch(/https:\/\//)
  })
})

describe('explainLocalFailure', () => {
  it('[S26] tells a full disk from a fault of git', () => {
    expect(explainLocalFailure('fatal: sha1 file write error: No space left on device').code).toBe('disk')
    expect(explainLocalFailure('fatal: odd').message).toBe('Git failed: odd')
  })
})
