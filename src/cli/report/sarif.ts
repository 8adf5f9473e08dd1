import { DIAGNOSTIC_CODES, type Diagnostic, type Severity } from '../../core/model/diagnostic.ts'

const LEVELS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', notice: 'note' }

/** SARIF 2.1.0, as code-scanning pages read it. */
export function sarifReport(diagnostics: readonly Diagnostic[], prefix: string): unknown {
  const rules = DIAGNOSTIC_CODES.map((id) => ({ id }))
  const results = diagnostics.map(({ code, severity, message, hint, file, line, column }) => ({
    ruleId: code,
    ruleIndex: DIAGNOSTIC_CODES.indexOf(code),
    level: LEVELS[severity],
    message: { text: hint === null ? message : `${message} ${hint}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: encodePath(`${prefix}${file}`) },
          region: { startLine: line, startColumn: column },
        },
      },
    ],
  }))
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver: { name: 'tandem', rules } }, columnKind: 'utf16CodeUnits', results }],
  }
}

function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/')
}
