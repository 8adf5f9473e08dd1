import { sql } from 'kysely'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Db } from '../store/database.ts'

/** What /metrics tells (A5). Labels are few and fixed: no names of people, workspaces or files. */
export function createMetrics(db: Db) {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const requests = new Histogram({
    name: 'tandem_http_request_seconds',
    help: 'Time to answer, by route and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  })
  const refusedSignIns = new Counter({
    name: 'tandem_sign_in_refused_total',
    help: 'Sign-ins that were refused.',
    registers: [registry],
  })
  new Gauge({
    name: 'tandem_outbox_changes',
    help: 'Saved changes that are not in Git yet.',
    registers: [registry],
    async collect() {
      const { rows } = await sql<{
        count: string
      }>`select count(*) from change where settled_at is null`.execute(db)
      this.set(Number(rows[0]?.count ?? 0))
    },
  })
  new Gauge({
    name: 'tandem_runs',
    help: 'Sync runs, by state.',
    labelNames: ['state'],
    registers: [registry],
    async collect() {
      const { rows } = await sql<{ state: string; count: string }>`
        select state, count(*) from run group by state`.execute(db)
      this.reset()
      for (const { state, count } of rows) this.set({ state }, Number(count))
    },
  })
  return { registry, requests, refusedSignIns }
}

export type Metrics = ReturnType<typeof createMetrics>
