/** Rows of one statement: many enough to cost few round trips, few enough not to be held again as one text. */
const ROWS = 500

/** Does the work for some rows at a time, in order. */
export async function inChunks<T>(
  rows: readonly T[],
  work: (some: readonly T[]) => Promise<void>,
): Promise<void> {
  for (let from = 0; from < rows.length; from += ROWS) await work(rows.slice(from, from + ROWS))
}
