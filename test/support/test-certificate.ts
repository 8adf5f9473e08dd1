import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** In PEM. `ca` is the authority that signed `cert`: what a client must be told to trust. */
export type TestCertificate = { readonly ca: string; readonly key: string; readonly cert: string }

const run = promisify(execFile)
let made: Promise<TestCertificate> | null = null

/** An authority and a certificate for loopback names, made once a process. */
export function testCertificate(): Promise<TestCertificate> {
  made ??= make()
  return made
}

async function make(): Promise<TestCertificate> {
  const dir = await mkdtemp(join(tmpdir(), 'tandem-test-ca-'))
  const openssl = (...args: string[]): Promise<unknown> => run('openssl', args, { cwd: dir })
  const read = (name: string): Promise<string> => readFile(join(dir, name), 'utf8')
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout']
  const authority = ['-days', '2', '-subj', '/CN=Tandem test authority']
  const sign = ['-days', '2', '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', 'names']
  try {
    await writeFile(join(dir, 'names'), 'subjectAltName=DNS:localhost,IP:127.0.0.1,IP:::1\n')
    await openssl('req', '-x509', ...newKey, 'ca.key', '-out', 'ca.pem', ...authority)
    await openssl('req', ...newKey, 'server.key', '-out', 'server.csr', '-subj', '/CN=localhost')
    await openssl('x509', '-req', '-in', 'server.csr', '-out', 'server.pem', ...sign)
    return { ca: await read('ca.pem'), key: await read('server.key'), cert: await read('server.pem') }
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}
