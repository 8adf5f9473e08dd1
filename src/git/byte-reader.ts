/** Reads lines and exact numbers of bytes from a stream, whatever its chunks. */
export class ByteReader {
  readonly #source: AsyncIterator<Buffer>
  #rest: Buffer = Buffer.alloc(0)

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]()
  }

  /** A line without its end; null at the end of the stream. */
  async line(): Promise<string | null> {
    let searched = 0
    for (;;) {
      const end = this.#rest.indexOf(0x0a, searched)
      if (end >= 0) return this.#take(end + 1).toString('utf8', 0, end)
      searched = this.#rest.length
      if (!(await this.#more())) return null
    }
  }

  /** Exactly `length` bytes; null when the stream ends before. */
  async bytes(length: number): Promise<Buffer | null> {
    if (this.#rest.length < length) {
      const chunks = [this.#rest]
      let have = this.#rest.length
      while (have < length) {
        const next = await this.#source.next()
        if (next.done) return null
        chunks.push(next.value)
        have += next.value.length
      }
      this.#rest = Buffer.concat(chunks)
    }
    return this.#take(length)
  }

  async close(): Promise<void> {
    await this.#source.return?.()
  }

  async #more(): Promise<boolean> {
    const next = await this.#source.next()
    if (next.done) return false
    this.#rest = this.#rest.length === 0 ? next.value : Buffer.concat([this.#rest, next.value])
    return true
  }

  #take(length: number): Buffer {
    const taken = this.#rest.subarray(0, length)
    this.#rest = this.#rest.subarray(length)
    return taken
  }
}
