import { type Kysely, sql } from 'kysely'

/**
 * The audit log says from where, and before and after by field; nobody changes or takes away what it says
 * (Z8), whoever the database is asked as.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table audit_log
      add column origin text check (origin in ('page','api-key','cli','engine')),
      add column address text,
      add column run_id uuid,
      add column commit_oid text,
      add column change_set_id bigint,
      -- What is told by field; of a large change set the first of it, and how many there were besides.
      add column changes jsonb not null default '[]',
      add column omitted int not null default 0,
      add column resources text[] not null default '{}';
    create index audit_log_actor on audit_log (workspace_id, actor_id, id desc);
    create index audit_log_resources on audit_log using gin (resources);
    -- Which commit a save came to is known later: it is looked up by the change set.
    create index change_of_set on change (change_set_id);
    create index commit_record_oid on commit_record (oid);

    create function keep_audit_log() returns trigger language plpgsql as $$
    begin
      raise exception 'The audit log is only ever added to.' using errcode = 'insufficient_privilege';
    end $$;
    create trigger audit_log_is_kept before update or delete on audit_log
      for each row execute function keep_audit_log();
    create trigger audit_log_is_kept_whole before truncate on audit_log
      for each statement execute function keep_audit_log();
  `.execute(db)
}
