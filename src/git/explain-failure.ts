import { GitError, type GitErrorCode } from './git-error.ts'

export type Attempt = {
  /** The host or the folder, as people know it. */
  readonly remote: string
  readonly protocol: 'https' | 'ssh' | 'http' | 'file'
  readonly doing: 'read' | 'write'
}

type Rule = readonly [pattern: RegExp, code: GitErrorCode, message: (attempt: Attempt) => string]

/** Git's own words (in the C locale) to a code and to words for people. The first rule that matches holds. */
const REMOTE_RULES: readonly Rule[] = [
  [
    /REMOTE HOST IDENTIFICATION HAS CHANGED/,
    'host-key',
    ({ remote }) =>
      `${remote} shows another host key than the known one. Either the host changed its key or somebody stands in between: compare the key with what the host publishes, then update the known hosts.`,
  ],
  [
    /Host key verification failed|No .* host key is known/,
    'host-key',
    ({ remote }) =>
      `The host key of ${remote} is not among the known hosts. Add the line that "ssh-keyscan ${remote}" prints, after comparing it with what the host publishes.`,
  ],
  [
    /Load key .*(incorrect passphrase|bad passphrase)|passphrase supplied to decrypt/i,
    'auth',
    () => 'The SSH key is protected by a passphrase, which a server cannot type. Enter a key without one.',
  ],
  [
    /Load key /,
    'auth',
    () => 'The SSH private key cannot be read. Paste the whole file, from its BEGIN line to its END line.',
  ],
  [
    /No user exists for uid/,
    'failed',
    () => 'ssh refuses to run: the user that the server runs as has no entry in /etc/passwd. Add one.',
  ],
  [
    /marked as read.only|write access|not allowed to (push|upload)|denied to |deploy key does not allow|You are not allowed/i,
    'forbidden',
    ({ remote }) =>
      `${remote} knows the credentials but does not let them write. Give them write access to the repository.`,
  ],
  [
    /Permission denied \(|Too many authentication failures|no mutual signature/,
    'auth',
    ({ remote }) =>
      `${remote} does not accept the SSH key. Add its public half to the repository's deploy keys.`,
  ],
  [
    /could not read (Username|Password)|Authentication failed|terminal prompts disabled|HTTP Basic: Access denied|returned error: 401/i,
    'auth',
    ({ remote }) =>
      `${remote} does not accept the credentials. Enter a token that is valid and may read and write this repository.`,
  ],
  [
    /returned error: 403/,
    'forbidden',
    ({ remote, doing }) =>
      `${remote} does not let these credentials ${doing} the repository (403). Give the token the right to ${doing}.`,
  ],
  [
    /returned error: 30[12378]|unable to update url base from redirection/,
    'redirected',
    ({ remote }) =>
      `${remote} sends us to another address. The repository was renamed or moved, or its URL wants .git at the end: enter the exact URL to clone it by.`,
  ],
  [
    /returned error: 429|too many requests|rate limit/i,
    'busy',
    ({ remote }) => `${remote} asks us to slow down (429). It is tried again after a pause.`,
  ],
  [
    /returned error: 5\d\d/,
    'server-error',
    ({ remote }) => `${remote} had an internal error. It is tried again after a pause.`,
  ],
  [
    /returned error: 404|repository '.*' not found|Repository not found|does not appear to be a git repository|does not exist|project you were looking for could not be found|not a git repository/i,
    'not-found',
    ({ remote, protocol }) =>
      protocol === 'file'
        ? `${remote} is not a Git repository. Create it with "git init --bare", or correct the path.`
        : `${remote} has no such repository, or hides it from these credentials. Check the URL and what the credentials may see.`,
  ],
  [
    /dubious ownership/,
    'refused-by-policy',
    ({ remote }) =>
      `Git does not open ${remote}: the folder belongs to another user than the one that the server runs as. Change its owner.`,
  ],
  [
    /Operation too slow|timed out|timeout/i,
    'timeout',
    ({ remote }) => `${remote} did not answer in time. It is tried again after a pause.`,
  ],
  [
    /Could not resolve host/i,
    'unreachable',
    ({ remote }) => `The host ${remote} was not found: its name does not resolve to an address.`,
  ],
  [
    /Connection refused|Failed to connect|Couldn't connect|Could not connect/i,
    'unreachable',
    ({ remote }) =>
      `${remote} cannot be reached: nothing answers there. Check the address, the port and the network.`,
  ],
  [
    /No route to host|Network is unreachable|Connection reset|hung up|unexpected disconnect|early EOF|Empty reply|RPC failed|transfer closed|Connection closed|Broken pipe|recv failure|send failure|bad line length|expected flush|kex_exchange|non-properly terminated|unexpected eof|SSL_ERROR_SYSCALL|recv error|send error/i,
    'unreachable',
    ({ remote }) => `The connection to ${remote} broke off. It is tried again after a pause.`,
  ],
  [
    /returned error: 4\d\d/,
    'failed',
    ({ remote }) =>
      `${remote} did not understand what was asked. It is tried again after a pause; if it stays so, check the URL.`,
  ],
  [
    /certificate|CAfile|handshake|wrong version number|SSL routines/i,
    'tls',
    ({ remote }) =>
      `The certificate of ${remote} is not trusted. If it comes from your own authority, name the authority's certificate file in TANDEM_GIT_CA_FILE.`,
  ],
  [
    /transport '.*' not allowed/,
    'refused-by-policy',
    ({ protocol }) =>
      `The protocol ${protocol} is not allowed here. The administrator sets TANDEM_GIT_PROTOCOLS.`,
  ],
  [
    /HTTP\/0\.9|server (reply|response)|Unsupported HTTP|chunk|inflate|index-pack|pack .*(corrupt|mismatch)|bad (pack|object|band)|protocol error|malformed|unexpected (line|packet)|expected .*packet|unknown (capability|object format)|is this a git repository|not our ref/i,
    'unreachable',
    ({ remote }) =>
      `What ${remote} answers cannot be read: it was damaged on the way, or something other than Git answers there. It is tried again after a pause.`,
  ],
]

const LOCAL_RULES: readonly Rule[] = [
  [
    /No space left on device|Disk quota exceeded/,
    'disk',
    () => 'The disk of the server is full: Git cannot write its cache. Make room in the data folder.',
  ],
  [
    /File too large|died of signal 25/,
    'disk',
    () =>
      'Git may not write a file as large as its cache needs. Raise the limit on the size of files that the server runs under.',
  ],
  [
    /Permission denied|Read-only file system/,
    'disk',
    () => "Git cannot write its cache in the data folder. Check the folder's owner and permissions.",
  ],
]

/** What a remote's refusal or silence means. */
export function explainRemoteFailure(stderr: string, attempt: Attempt): GitError {
  const rule = [...LOCAL_RULES.slice(0, 2), ...REMOTE_RULES].find(([pattern]) => pattern.test(stderr))
  if (rule !== undefined) return new GitError(rule[1], rule[2](attempt), stderr.trim())
  const words = firstFatal(stderr).replace(/^unable to access '[^']*': /, '')
  const sentence = /[.!?]$/.test(words) ? words : `${words}.`
  return new GitError('failed', `Git failed at ${attempt.remote}: ${sentence}`, stderr.trim())
}

/** What a failing command on the local cache means, when the cache itself is sound. */
export function explainLocalFailure(stderr: string): GitError {
  const rule = LOCAL_RULES.find(([pattern]) => pattern.test(stderr))
  if (rule !== undefined) {
    return new GitError(rule[1], rule[2]({ remote: '', protocol: 'file', doing: 'read' }), stderr.trim())
  }
  return new GitError('failed', `Git failed: ${firstFatal(stderr)}`, stderr.trim())
}

function firstFatal(stderr: string): string {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '')
  const line = lines.find((text) => /^(fatal|error): /.test(text)) ?? lines[0] ?? 'it gave no reason.'
  return line.replace(/^(fatal|error): /, '')
}
