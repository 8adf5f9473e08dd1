import { type Figure, isReached, quantile } from './figure.ts'

/** The figures for programs (C5), all of them on one line. */
export function printJson(figures: readonly Figure[]): string {
  return JSON.stringify({ figures })
}

/** The figures for people: what it took, what the baseline took, the ratio and what it must be. */
export function printTable(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [
    figure.id,
    figure.unit === 'MB' ? `${figure.value} MB` : inSeconds(quantile(figure.samples, figure.part)),
    figure.baseline === null ? '' : inSeconds(figure.baseline),
    figure.unit === 'MB' ? '' : figure.value.toFixed(2),
    boundOf(figure),
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

function boundOf({ unit, atMost, withinSeconds }: Figure): string {
  if (withinSeconds !== undefined) return inSeconds(withinSeconds)
  return unit === 'MB' ? `${atMost} MB` : atMost.toFixed(2)
}

function inSeconds(value: number): string {
  return value < 1 ? `${Math.round(value * 1000)} ms` : `${value.toFixed(2)} s`
}
