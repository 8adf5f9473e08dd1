import { structuredPatch } from 'diff'
import type { DiffLine } from '../git/text-diff.ts'

const AROUND = 3

/** Two texts of a file as the lines that differ, with some around them; `…` where equal ones are left out. */
export function fileDiff(before: string | null, after: string | null): readonly DiffLine[] {
  const { hunks } = structuredPatch('', '', before ?? '', after ?? '', '', '', { context: AROUND })
  return hunks.flatMap(({ lines, oldStart }, i): DiffLine[] => {
    const told = lines
      .filter((line) => !line.startsWith('\\'))
      .map((line): DiffLine => ({ sign: signOf(line), text: line.slice(1) }))
    const hasGap = i > 0 || oldStart > 1
    return hasGap ? [{ sign: '=', text: '…' }, ...told] : told
  })
}

function signOf(line: string): '+' | '-' | ' ' {
  return line.startsWith('+') ? '+' : line.startsWith('-') ? '-' : ' '
}
