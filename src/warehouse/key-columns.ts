import { didYouMean } from './nearest.ts'
import { WarehouseError } from './warehouse-error.ts'

/** A key longer than this is cut: nobody joins by it, and 50,000 of them would be much memory. */
const MAX_KEY = 300

export function keyCell(value: string | null): string | null {
  return value === null || value.length <= MAX_KEY ? value : value.slice(0, MAX_KEY)
}

/** Where the columns stand in the rows. Names ignore case only where that leaves one. */
export function keyPlaces(names: readonly string[], columns: readonly string[]): number[] {
  return columns.map((column) => {
    const exact = names.indexOf(column)
    if (exact >= 0) return exact
    const alike = names.flatMap((name, i) => (name.toLowerCase() === column.toLowerCase() ? [i] : []))
    const [only] = alike
    if (only !== undefined && alike.length === 1) return only
    throw new WarehouseError({
      code: 'column-missing',
      message: `The model gives no column ${JSON.stringify(column)}.`,
      hint: didYouMean(column, names) ?? 'Choose one of the columns that its preview shows.',
    })
  })
}
