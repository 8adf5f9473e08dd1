/** People's words between backticks, on one line: no mark-up, mention or link of theirs comes to life. */
export function code(text: string): string {
  const line = text.replace(/\p{Cc}+/gu, ' ').trim()
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([ticks]) => ticks.length))
  const fence = '`'.repeat(longest + 1)
  const space = line === '' || line.startsWith('`') || line.endsWith('`') ? ' ' : ''
  return `${fence}${space}${line}${space}${fence}`
}

/** A name in a sentence. */
export function plain(text: string): string {
  return text.replace(/[^\p{L}\p{N}\p{M}.,'’-]+/gu, ' ').trim()
}
