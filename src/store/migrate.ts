import { Logger, runMigrations as migrateJobs } from 'graphile-worker'
import { type Kysely, sql } from 'kysely'
import { type Db, openDatabase } from './database.ts'
import * as workspace from './migrations/0001-workspace.ts'
import * as auth from './migrations/0002-auth.ts'
import * as git from './migrations/0003-git.ts'
import * as deletedSecret from './migrations/0004-deleted-secret.ts'
import * as consent from './migrations/0005-consent.ts'
import * as rollback from './migrations/0006-rollback.ts'
import * as merge from './migrations/0007-merge.ts'
import * as sharedValues from './migrations/0008-shared-values.ts'
import * as forwards from './migrations/0009-forwards.ts'
import * as webhook from './migrations/0010-webhook.ts'
import * as sharedBases from './migrations/0011-shared-bases.ts'
import * as allowedSecret from './migrations/0012-allowed-secret.ts'
import * as pullPlans from './migrations/0013-pull-plans.ts'
import * as reviews from './migrations/0014-reviews.ts'
import * as promotion from './migrations/0015-promotion.ts'
import * as audit from './migrations/0016-audit.ts'
import * as invitation from './migrations/0016b-invitation.ts'
import * as commitEmail from './migrations/0016c-commit-email.ts'
import * as auditIntent from './migrations/0017-audit-intent.ts'
import * as changeSetTimes from './migrations/0018-change-set-times.ts'
import * as archive from './migrations/0019-archive.ts'
import * as lastCommit from './migrations/0020-last-commit.ts'
import * as plainChanges from './migrations/0021-plain-changes.ts'

type Migration = { readonly name: string; readonly up: (db: Kysely<unknown>) => Promise<void> }

/** In order, forward only. A released file never changes; a new one is added at the end. */
const MIGRATIONS: readonly Migration[] = [
  { name: '0001-workspace', up: workspace.up },
  { name: '0002-auth', up: auth.up },
  { name: '0003-git', up: git.up },
  { name: '0004-deleted-secret', up: deletedSecret.up },
  { name: '0005-consent', up: consent.up },
  { name: '0006-rollback', up: rollback.up },
  { name: '0007-merge', up: merge.up },
  { name: '0008-shared-values', up: sharedValues.up },
  { name: '0009-forwards', up: forwards.up },
  { name: '0010-webhook', up: webhook.up },
  { name: '0011-shared-bases', up: sharedBases.up },
  { name: '0012-allowed-secret', up: allowedSecret.up },
  { name: '0013-pull-plans', up: pullPlans.up },
  { name: '0014-reviews', up: reviews.up },
  { name: '0015-promotion', up: promotion.up },
  { name: '0016-audit', up: audit.up },
  { name: '0016b-invitation', up: invitation.up },
  { name: '0016c-commit-email', up: commitEmail.up },
  { name: '0017-audit-intent', up: auditIntent.up },
  { name: '0018-change-set-times', up: changeSetTimes.up },
  { name: '0019-archive', up: archive.up },
  { name: '0020-last-commit', up: lastCommit.up },
  { name: '0021-plain-changes', up: plainChanges.up },
]

/** Any constant: what matters is that every process takes the same lock. */
const LOCK = 7_202_601

/** Runs what is missing, all or nothing; of several processes that start at once one does the work. */
export async function migrate(db: Db): Promise<readonly string[]> {
  return db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(${LOCK})`.execute(tx)
    await sql`
      create table if not exists migration (
        name text primary key,
        applied_at timestamptz not null default now()
      )`.execute(tx)
    const { rows } = await sql<{ name: string }>`select name from migration`.execute(tx)
    const applied = new Set(rows.map((row) => row.name))
    const unknown = [...applied].filter((name) => !MIGRATIONS.some((known) => known.name === name))
    if (unknown.length > 0) throw new NewerDatabaseError(unknown)
    const missing = MIGRATIONS.filter((migration) => !applied.has(migration.name))
    for (const { name, up } of missing) {
      // A migration knows no table types: those in schema.ts are of the last migration, not of this one.
      await up(tx as unknown as Kysely<unknown>)
      await sql`insert into migration (name) values (${name})`.execute(tx)
    }
    return missing.map((migration) => migration.name)
  })
}

const quiet = new Logger(() => () => {})

/** Our tables and the job queue's. */
export async function migrateDatabase(url: string): Promise<void> {
  const db = openDatabase(url, { max: 1 })
  try {
    await migrate(db)
  } finally {
    await db.destroy()
  }
  await migrateJobs({ connectionString: url, logger: quiet })
}

export class NewerDatabaseError extends Error {
  override name = 'NewerDatabaseError'
  readonly code = 'newer-database'
  readonly retry = 'never'

  constructor(unknown: readonly string[]) {
    super(
      `This database was migrated by a newer Tandem (${unknown.join(', ')}). Start that version, or restore a backup made before the upgrade.`,
    )
  }
}
