import { oneLine } from './hostile-text.ts'

/**
 * What became of a push. `rejected-race`: the branch is not where it was expected, plan again. `rejected`: the
 * server does not want it, `reason` is its own words.
 */
export type PushOutcome =
  | { readonly kind: 'pushed' }
  | { readonly kind: 'rejected-race'; readonly reason: string }
  | { readonly kind: 'rejected'; readonly reason: string }

const RACE =
  /fetch first|non-fast-forward|stale info|needs force|already exists|cannot lock ref|failed to (update ref|lock)|unable to lock|lock (error|failure)|incorrect old value|remote ref updated|is at [0-9a-f]+ but expected/i
const NOISE = /^(Resolving deltas|Processing|Total |Compressing|Counting|Enumerating|Writing|Unpacking|To )/
const REASON_CHARACTERS = 2_000

/** Reads `push --porcelain`: `<flag>\t<from>:<to>\t<summary> (<reason>)`. Null when it reports on no reference. */
export function readPushReport(stdout: string, stderr: string): PushOutcome | null {
  const line = stdout.split('\n').find((text) => /^[ +\-*=!]\t/.test(text))
  if (line === undefined) return null
  const [flag = '', , summary = ''] = line.split('\t')
  if (flag !== '!') return { kind: 'pushed' }
  // The connection broke before the server reported: nobody knows yet.
  if (summary.startsWith('[remote failure]')) return null
  const reason = /\((.*)\)\s*$/.exec(summary)?.[1] ?? summary
  if (RACE.test(reason)) return { kind: 'rejected-race', reason: oneLine(reason, REASON_CHARACTERS) }
  return {
    kind: 'rejected',
    reason: [oneLine(reason, REASON_CHARACTERS), ...serverWords(stderr)]
      .join('\n')
      .slice(0, REASON_CHARACTERS),
  }
}

/** What the server's hooks said: `remote: …` lines without the prefix, the progress of its work left out. */
function serverWords(stderr: string): readonly string[] {
  return stderr
    .split('\n')
    .filter((line) => line.startsWith('remote: '))
    .map((line) => oneLine(line.slice('remote: '.length), REASON_CHARACTERS))
    .filter((line) => line !== '' && !NOISE.test(line))
}
