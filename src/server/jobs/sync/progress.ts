import type { Db } from '../../../store/database.ts'
import { notify } from '../../../store/notify.ts'
import type { RunPhase } from '../../../store/tables/git.ts'

const WRITE_EVERY_MS = 300

/** The phases of a run as they go (S24): written now and then, and whenever one ends. */
export class Progress {
  readonly #db: Db
  readonly #run: { readonly id: string; readonly workspaceId: string }
  readonly #phases: RunPhase[] = []
  /** The phase that is at work: one that runs again is not the last. */
  #present: RunPhase | null = null
  /** Runs of an instant tell how it went by their end alone. */
  #written = performance.now()

  constructor(db: Db, run: { readonly id: string; readonly workspaceId: string }) {
    this.#db = db
    this.#run = run
  }

  get phases(): readonly RunPhase[] {
    return this.#phases
  }

  /** Runs a step as a phase of that name; a step that runs again adds to its phase. */
  async phase<T>(name: string, step: () => Promise<T>): Promise<T> {
    const phase = this.#phases.find((p) => p.name === name) ?? { name, done: 0, total: 0, ms: 0 }
    if (!this.#phases.includes(phase)) this.#phases.push(phase)
    this.#present = phase
    const before = phase.ms
    const start = performance.now()
    try {
      return await step()
    } finally {
      phase.ms = Math.round(before + performance.now() - start)
      await this.#write(false)
    }
  }

  async count(done: number, total: number): Promise<void> {
    if (this.#present) Object.assign(this.#present, { done, total })
    await this.#write(false)
  }

  async #write(always: boolean): Promise<void> {
    const now = performance.now()
    if (!always && now - this.#written < WRITE_EVERY_MS) return
    this.#written = now
    const { id, workspaceId } = this.#run
    await this.#db
      .updateTable('run')
      .set({ phases: JSON.stringify(this.#phases) })
      .where('id', '=', id)
      .execute()
    await notify(this.#db, { type: 'run', workspace: workspaceId, run: id, state: 'running' })
  }
}
