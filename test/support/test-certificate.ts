import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

export type TestCertificate = {
  /** The authority that signed it: what a client must be told to trust. */
  readonly caFile: string
  readonly key: string
  readonly cert: string
}

const run = promisify(execFile)
let made: Promise<TestCertificate> | null = null

/** An authority and a certificate for loopback names, made once a process and thrown away with it. */
export function testCertificate(): Promise<TestCertificate> {
  made ??= make()
  return made
}

async function make(): Promise<TestCertificate> {
  const dir = mkdtempSync(join(tmpdir(), 'tandem-test-ca-'))
  process.once('exit', () => rmSync(dir, { recursive: true, force: true }))
  const openssl = (...args: string[]): Promise<unknown> => run('openssl', args, { cwd: dir })
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  await openssl(
    'req',
    '-x509',
    ...key,
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
    '-days',
    '2',
    '-subj',
    '/CN=Tandem test authority',
  )
  await openssl('req', ...key, '-keyout', 'server.key', '-out', 'server.csr', '-subj', '/CN=localhost')
  await writeFile(join(dir, 'names'), 'subjectAltName=DNS:localhost,DNS:*.localhost,IP:127.0.0.1,IP:::1\n')
  const sign = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', 'names']
  await openssl('x509', '-req', '-in', 'server.csr', '-out', 'server.pem', '-days', '2', ...sign)
  return {
    caFile: join(dir, 'ca.pem'),
    key: await readFile(join(dir, 'server.key'), 'utf8'),
    cert: await readFile(join(dir, 'server.pem'), 'utf8'),
  }
}
