/** The lines that a git prints while it is still being written to, for an input that depends on them. */
export class Replies {
  readonly #lines: string[] = []
  #rest = ''
  #hasEnded = false
  #wake = (): void => {}

  push(chunk: Buffer): void {
    // Latin-1 keeps the bytes apart however they were cut: the caller's lines are ASCII up to a tab.
    const lines = (this.#rest + chunk.toString('latin1')).split('\n')
    this.#rest = lines.pop() ?? ''
    this.#lines.push(...lines)
    this.#wake()
  }

  end(): void {
    this.#hasEnded = true
    this.#wake()
  }

  /** The next `count` lines. Rejects when git ends before: its exit tells why. */
  async next(count: number): Promise<readonly string[]> {
    while (this.#lines.length < count) {
      if (this.#hasEnded) throw new Error('git ended before it had answered')
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
    return this.#lines.splice(0, count)
  }
}
