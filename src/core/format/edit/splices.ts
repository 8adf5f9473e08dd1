/** Two edits touch the same text: one of them is wrong about what it owns. */
export class SpliceOverlap extends Error {
  override readonly name = 'SpliceOverlap'
}

type Splice = { readonly start: number; readonly end: number; readonly text: string }

/** Edits of a text by its old offsets. What is inserted at one place stands in the order of the calls. */
export class Splices {
  readonly #splices: Splice[] = []

  replace(start: number, end: number, text: string): void {
    if (start !== end || text !== '') this.#splices.push({ start, end, text })
  }

  insert(at: number, text: string): void {
    this.replace(at, at, text)
  }

  remove(start: number, end: number): void {
    this.replace(start, end, '')
  }

  apply(text: string): string {
    // Sorting is stable; an insertion stands before what is taken out behind it.
    const order = [...this.#splices].sort(
      (a, b) => a.start - b.start || Number(a.end > a.start) - Number(b.end > b.start),
    )
    let result = ''
    let at = 0
    for (const splice of order) {
      if (splice.start < at && splice.text !== '') throw new SpliceOverlap()
      if (splice.end < at) continue
      result += text.slice(at, Math.max(at, splice.start)) + splice.text
      at = splice.end
    }
    return result + text.slice(at)
  }
}
