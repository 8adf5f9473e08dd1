import pc from 'picocolors'
import type { Diagnostic, Severity } from '../../core/model/diagnostic.ts'
import { plural } from '../print.ts'

const COLOURS: Readonly<Record<Severity, (text: string) => string>> = {
  error: pc.red,
  warning: pc.yellow,
  notice: pc.blue,
}

type Result = {
  readonly files: number
  readonly resources: number
  readonly diagnostics: readonly Diagnostic[]
}

/** One line a problem, worst things in colour, and a last line with the counts. */
export function textReport({ files, resources, diagnostics }: Result): string[] {
  const lines = diagnostics.map(
    (diagnostic) => `${COLOURS[diagnostic.severity](diagnostic.severity)}  ${sentence(diagnostic)}`,
  )
  const counts = (['error', 'warning', 'notice'] as const).flatMap((severity) => {
    const count = diagnostics.filter((diagnostic) => diagnostic.severity === severity).length
    return count === 0 ? [] : [COLOURS[severity](plural(count, severity))]
  })
  const read = `${plural(resources, 'resource')} in ${plural(files, 'file')}`
  const total = `${read}: ${counts.length === 0 ? pc.green('no problems') : counts.join(', ')}.`
  return lines.length === 0 ? [total] : [...lines, '', total]
}

/** "`users-orders.yaml`, line 6: there is no model `oders`. Did you mean `orders`? (unresolved-model)" */
export function sentence({ file, line, column, message, hint, code }: Diagnostic): string {
  const place = column === 1 ? `line ${line}` : `line ${line}, column ${column}`
  const mend = hint === null ? '' : ` ${hint}`
  return `${pc.bold(onOneLine(file))}, ${place}: ${onOneLine(`${lowerFirst(message)}${mend}`)} ${pc.dim(`(${code})`)}`
}

function lowerFirst(text: string): string {
  return /^[A-Z](?=[a-z ])/.test(text) ? `${text.slice(0, 1).toLowerCase()}${text.slice(1)}` : text
}

/** Names come from the repository: no line ends or escape codes of their own. */
function onOneLine(text: string): string {
  return text.replace(/\p{Cc}/gu, '?')
}
