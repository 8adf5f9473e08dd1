/** Results go to standard output, everything about the run itself to standard error. */
export function printLine(text: string): void {
  process.stdout.write(`${text}\n`)
}

/** JSON escapes the control codes below a space; those above 7E, too, move some terminals (Z10). */
export function printJson(value: unknown): void {
  const text = JSON.stringify(value, null, 2).replace(
    /[\u007f-\u009f]/g,
    (code) => `\\u00${code.charCodeAt(0).toString(16)}`,
  )
  process.stdout.write(`${text}\n`)
}

export function printNote(text: string): void {
  process.stderr.write(`${text}\n`)
}

/** `1 file`, `2 files`, `1,200 files` */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`
}
