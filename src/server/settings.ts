/** How a setting is named, written and explained (C3). The one list behind flags, environment, file and help. */
export type Setting = {
  readonly name: SettingName
  readonly flag: string
  readonly fallback: string
  readonly help: string
}

export type SettingName =
  | 'TANDEM_PORT'
  | 'TANDEM_HOST'
  | 'TANDEM_PUBLIC_URL'
  | 'TANDEM_DATA_DIR'
  | 'TANDEM_DATABASE_URL'
  | 'TANDEM_SECRET_KEY'
  | 'TANDEM_ADMIN_EMAIL'
  | 'TANDEM_ADMIN_PASSWORD'
  | 'TANDEM_ADMIN_TOKEN'
  | 'TANDEM_GIT_PROTOCOLS'
  | 'TANDEM_GIT_CA_FILE'
  | 'TANDEM_GIT_HOSTS'
  | 'TANDEM_GIT_DENY'
  | 'TANDEM_GIT_ALLOW'
  | 'TANDEM_GIT_MAX_PACK_MIB'
  | 'TANDEM_GIT_MAX_FILES'
  | 'TANDEM_GIT_MAX_REFS'
  | 'TANDEM_GIT_TIMEOUT_SECONDS'
  | 'TANDEM_FILE_ROOTS'
  | 'TANDEM_DEMO'
  | 'TANDEM_LOG_LEVEL'

export const SETTINGS: readonly Setting[] = [
  { name: 'TANDEM_PORT', flag: 'port', fallback: '4400', help: 'port to listen on; 0 takes a free one' },
  { name: 'TANDEM_HOST', flag: 'host', fallback: '127.0.0.1', help: 'address to listen on' },
  {
    name: 'TANDEM_PUBLIC_URL',
    flag: 'public-url',
    fallback: '',
    help: 'address in the browser, when a proxy stands in front',
  },
  {
    name: 'TANDEM_DATA_DIR',
    flag: 'data-dir',
    fallback: './data',
    help: 'folder for the embedded database, keys and the Git cache',
  },
  {
    name: 'TANDEM_DATABASE_URL',
    flag: 'database-url',
    fallback: '',
    help: 'a PostgreSQL of yours; empty: embedded, in the data folder',
  },
  {
    name: 'TANDEM_SECRET_KEY',
    flag: 'secret-key',
    fallback: '',
    help: 'encrypts credentials, 16 characters or more; empty: made and kept in the data folder',
  },
  {
    name: 'TANDEM_ADMIN_EMAIL',
    flag: 'admin-email',
    fallback: 'admin@tandem.local',
    help: 'the first administrator',
  },
  {
    name: 'TANDEM_ADMIN_PASSWORD',
    flag: 'admin-password',
    fallback: '',
    help: 'empty: made, printed once and kept in the data folder',
  },
  {
    name: 'TANDEM_ADMIN_TOKEN',
    flag: 'admin-token',
    fallback: '',
    help: 'an API key for scripts with every right, 16 characters or more',
  },
  {
    name: 'TANDEM_GIT_PROTOCOLS',
    flag: 'git-protocols',
    fallback: 'https,ssh',
    help: 'protocols of repositories; also http and file',
  },
  {
    name: 'TANDEM_GIT_CA_FILE',
    flag: 'git-ca-file',
    fallback: '',
    help: 'certificates to trust for https repositories (PEM)',
  },
  {
    name: 'TANDEM_GIT_HOSTS',
    flag: 'git-hosts',
    fallback: '',
    help: 'the only hosts of repositories, like git.example.com,*.example.com; empty: any',
  },
  {
    name: 'TANDEM_GIT_DENY',
    flag: 'git-deny',
    fallback: '',
    help: 'hosts, addresses and ranges that no repository is reached at',
  },
  {
    name: 'TANDEM_GIT_ALLOW',
    flag: 'git-allow',
    fallback: '',
    help: 'addresses and ranges that are reached although they are denied',
  },
  {
    name: 'TANDEM_GIT_MAX_PACK_MIB',
    flag: 'git-max-pack-mib',
    fallback: '2048',
    help: 'the most that one fetch may bring, in MiB',
  },
  {
    name: 'TANDEM_GIT_MAX_FILES',
    flag: 'git-max-files',
    fallback: '1000000',
    help: 'the most files that a repository may have',
  },
  {
    name: 'TANDEM_GIT_MAX_REFS',
    flag: 'git-max-refs',
    fallback: '50000',
    help: 'the most branches that a repository may have',
  },
  {
    name: 'TANDEM_GIT_TIMEOUT_SECONDS',
    flag: 'git-timeout-seconds',
    fallback: '600',
    help: 'how long one fetch or push may take',
  },
  {
    name: 'TANDEM_FILE_ROOTS',
    flag: 'file-roots',
    fallback: '',
    help: 'the only folders that file sources read, with commas between',
  },
  {
    name: 'TANDEM_DEMO',
    flag: 'demo',
    fallback: 'on',
    help: 'on: a demo workspace is made on an empty embedded database; off',
  },
  {
    name: 'TANDEM_LOG_LEVEL',
    flag: 'log-level',
    fallback: 'info',
    help: 'fatal, error, warn, info, debug, trace or silent',
  },
]
