const TOKEN = /\b[tn]\d+q\b/g

/** The marks in a text or a value: every edit leaves one that no other has. */
export function marksIn(content: unknown): Set<string> {
  const text = typeof content === 'string' ? content : JSON.stringify(content ?? null)
  return new Set(text.match(TOKEN) ?? [])
}

/**
 * What became of every edit (S6). *Live*: nobody has written over it, so it must be on a side. *Dead*: somebody
 * who saw it took it out or wrote over it, so it must not come back. *Open*: it was in a commit that a forced
 * push dropped, or the like; it may be there or not.
 */
export class Ledger {
  readonly #live = new Set<string>()
  readonly #dead = new Set<string>()
  readonly #copied = new Set<string>()
  #next = 0

  /** A new mark for a value; `note` for a comment. */
  mint(kind: 'value' | 'note' = 'value'): string {
    this.#next += 1
    return `${kind === 'value' ? 't' : 'n'}${this.#next}q`
  }

  /** Somebody who saw `before` made `after` of it. */
  edit(before: Iterable<string>, after: Iterable<string>): void {
    const [was, is] = [new Set(before), new Set(after)]
    for (const mark of was) {
      if (is.has(mark)) continue
      this.#live.delete(mark)
      if (!this.#copied.has(mark)) this.#dead.add(mark)
    }
    for (const mark of is) {
      if (was.has(mark)) continue
      this.#dead.delete(mark)
      this.#live.add(mark)
    }
  }

  /** Nobody can say any more whether it must be there. */
  open(marks: Iterable<string>): void {
    for (const mark of marks) {
      this.#live.delete(mark)
      this.#dead.delete(mark)
    }
  }

  /** Two resources have them: written over in one, they are still in the other. */
  copied(marks: Iterable<string>): void {
    for (const mark of marks) this.#copied.add(mark)
  }

  /** Dead ones that some other edit brings into view again. */
  openDead(marks: Iterable<string>): void {
    for (const mark of marks) this.#dead.delete(mark)
  }

  lost(visible: ReadonlySet<string>): string[] {
    return [...this.#live].filter((mark) => !visible.has(mark))
  }

  resurrected(visible: ReadonlySet<string>): string[] {
    return [...this.#dead].filter((mark) => visible.has(mark))
  }
}
