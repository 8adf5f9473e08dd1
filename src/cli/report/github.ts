import type { Diagnostic } from '../../core/model/diagnostic.ts'

/** Workflow commands that GitHub Actions shows beside the lines of a pull request. */
export function githubReport(diagnostics: readonly Diagnostic[], prefix: string): string[] {
  return diagnostics.map(({ severity, file, line, column, code, message, hint }) => {
    const properties = { file: `${prefix}${file}`, line: String(line), col: String(column), title: code }
    const head = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(value)}`)
    return `::${severity} ${head.join(',')}::${escapeData(hint === null ? message : `${message} ${hint}`)}`
  })
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
