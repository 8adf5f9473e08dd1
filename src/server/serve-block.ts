import type { FirstAdmin } from './first-admin.ts'

/** The one clear block that a start prints (C1): where, how to sign in, where the data lies, how to stop. */
export function serveBlock(facts: {
  readonly url: string
  readonly admin: FirstAdmin
  readonly dataDir: string
  readonly database: 'embedded' | 'yours'
  readonly demo: string | null
}): string {
  const { url, admin, dataDir, database, demo } = facts
  const password =
    admin.password.kind === 'made'
      ? [`Password   ${admin.password.text}`, `           (shown this once; kept in ${admin.password.file})`]
      : []
  return [
    '',
    '  Tandem is running.',
    '',
    `  Address    ${url}`,
    `  Sign in    ${admin.email}`,
    ...password.map((line) => `  ${line}`),
    `  Data       ${dataDir}${database === 'embedded' ? ' (with its own PostgreSQL)' : ' (database: yours)'}`,
    ...(demo === null ? [] : [`  Demo       ${demo}`]),
    '  Stop       Ctrl+C',
    '',
    '',
  ].join('\n')
}
