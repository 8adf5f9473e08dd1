/** Results go to standard output, everything about the run itself to standard error. */
export function printLine(text: string): void {
  process.stdout.write(`${text}\n`)
}

export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`)
}

export function printNote(text: string): void {
  process.stderr.write(`${text}\n`)
}

/** `1 file`, `2 files`, `1,200 files` */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`
}
