import { type Figure, isReached, quantile } from './figure.ts'

/** The figures for programs (C5), all of them on one line. */
export function printJson(figures: readonly Figure[]): string {
  return JSON.stringify({ figures })
}

/** The figures for people: what it took, what the baseline took, the ratio and what it must be. */
export function printTable(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [
    figure.id,
    figure.unit === 'MB' ? `${figure.value} MB` : inSeconds(quantile(figure.samples, partOf(figure.id))),
    figure.baseline === null ? '' : inSeconds(figure.baseline),
    figure.unit === 'MB' ? '' : figure.value.toFixed(2),
    figure.unit === 'MB' ? `${figure.atMost} MB` : figure.atMost.toFixed(2),
    isReached(figure) ? 'reached' : 'missed',
  ])
  const lines = [['figure', 'tandem', 'baseline', 'ratio', 'at most', ''], ...rows]
  const widths =
    lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? []
  return lines
    .map((line) =>
      line
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  '),
    )
    .join('\n')
}

function partOf(id: string): number {
  return id.endsWith('.p95') ? 0.95 : 0.5
}

function inSeconds(value: number): string {
  return value < 1 ? `${Math.round(value * 1000)} ms` : `${value.toFixed(2)} s`
}
