import { expect, it } from 'vitest'
import type { DiagnosticWire } from '../../core/wire/diagnostic.ts'
import { byFile } from './diagnostics-by-file.ts'

const at = (file: string, line: number, severity: DiagnosticWire['severity']): DiagnosticWire => ({
  file,
  line,
  severity,
  column: 1,
  code: 'wrong-value',
  message: '',
  hint: null,
})

it('[F18] groups diagnostics by file, errors first, lines in order', () => {
  const groups = byFile([at('a.yaml', 1, 'warning'), at('b.yaml', 9, 'error'), at('b.yaml', 2, 'warning')])
  expect(groups.map((group) => [group.file, group.diagnostics.map((one) => one.line)])).toEqual([
    ['b.yaml', [2, 9]],
    ['a.yaml', [1]],
  ])
})
