const numbers = new Intl.NumberFormat('en')

/** `1 row`, `12,000 rows`, `no rows`. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n === 0 ? 'no' : numbers.format(n)} ${n === 1 ? one : many}`
}

export function formatNumber(n: number): string {
  return numbers.format(n)
}

/** `a`, `a and b`, `a, b and c`; past `most`, `a, b and 3 more`. */
export function listWords(words: readonly string[], most = 4): string {
  const shown = words.length > most ? [...words.slice(0, most - 1), `${words.length - most + 1} more`] : words
  if (shown.length <= 1) return shown[0] ?? ''
  return `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`
}

export function sentence(text: string): string {
  return text === '' ? '' : text.charAt(0).toUpperCase() + text.slice(1)
}
