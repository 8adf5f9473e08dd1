import { emptyHome } from './process-folder.ts'

export type ConfigEntry = readonly [key: string, value: string]

/** What every git process of ours is told, over whatever a repository's own file says (Z1). */
const CONFIG: readonly ConfigEntry[] = [
  ['core.hooksPath', '/dev/null'],
  ['core.attributesFile', '/dev/null'],
  ['core.excludesFile', '/dev/null'],
  ['core.fsmonitor', 'false'],
  ['core.symlinks', 'false'],
  ['core.askPass', ''],
  ['core.pager', 'cat'],
  ['core.editor', 'false'],
  ['core.quotePath', 'false'],
  // The cache can be made again from the remote at any time: durability would only cost.
  ['core.fsync', 'none'],
  // Objects beyond this size are streamed: one of them never fills the memory.
  ['core.bigFileThreshold', '16m'],
  ['safe.directory', '*'],
  ['init.templateDir', ''],
  ['init.defaultBranch', 'main'],
  ['credential.helper', ''],
  ['credential.interactive', 'false'],
  ['transfer.credentialsInUrl', 'die'],
  ['protocol.allow', 'never'],
  ['submodule.recurse', 'false'],
  ['fetch.recurseSubmodules', 'false'],
  ['push.recurseSubmodules', 'no'],
  ['push.default', 'nothing'],
  ['push.followTags', 'false'],
  ['push.gpgSign', 'false'],
  ['commit.gpgSign', 'false'],
  ['log.showSignature', 'false'],
  ['i18n.logOutputEncoding', 'UTF-8'],
  // Always a pack: its growth on disk is what the size limit of a fetch watches.
  ['fetch.unpackLimit', '1'],
  ['gc.auto', '0'],
  ['maintenance.auto', 'false'],
  ['http.followRedirects', 'false'],
  ['http.sslVerify', 'true'],
  ['http.proxy', ''],
  ['http.emptyAuth', 'false'],
  ['http.delegation', 'none'],
  ['http.lowSpeedLimit', '1'],
]

/**
 * For glibc. Git takes and frees the memory of zlib for every object, and each time it would be given back to the
 * system and asked for again: of ten thousand objects that takes longer than compressing them.
 */
const KEEP_MEMORY = { MALLOC_TRIM_THRESHOLD_: String(64 * 1024 ** 2) }

/**
 * The whole environment of a git process, built from nothing but the search path. Configuration travels in it
 * and not in arguments: the environment is readable by the same user only, the argument list by everybody.
 */
export function gitEnvironment(
  gitDir: string,
  config: readonly ConfigEntry[],
  extra: Readonly<Record<string, string>>,
): Record<string, string> {
  const entries = [...CONFIG, ...config]
  return {
    PATH: process.env.PATH ?? '/usr/local/bin:/usr/bin:/bin',
    HOME: emptyHome(),
    XDG_CONFIG_HOME: emptyHome(),
    LC_ALL: 'C',
    TZ: 'UTC',
    ...KEEP_MEMORY,
    GIT_DIR: gitDir,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_SYSTEM: '/dev/null',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_TEMPLATE_DIR: '',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_LITERAL_PATHSPECS: '1',
    GIT_PROTOCOL_FROM_USER: '0',
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_CONFIG_COUNT: String(entries.length),
    ...Object.fromEntries(
      entries.flatMap(([key, value], i) => [
        [`GIT_CONFIG_KEY_${i}`, key],
        [`GIT_CONFIG_VALUE_${i}`, value],
      ]),
    ),
    ...extra,
  }
}
