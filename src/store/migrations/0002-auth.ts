import { type Kysely, sql } from 'kysely'

/** People, sessions, roles, API keys and the audit log (Z8). The auth_ tables are better-auth's. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table auth_user (
      id text primary key,
      name text not null,
      email text not null unique,
      "emailVerified" boolean not null,
      image text,
      "createdAt" timestamptz not null default now(),
      "updatedAt" timestamptz not null default now()
    );

    create table auth_session (
      id text primary key,
      "expiresAt" timestamptz not null,
      token text not null unique,
      "createdAt" timestamptz not null default now(),
      "updatedAt" timestamptz not null,
      "ipAddress" text,
      "userAgent" text,
      "userId" text not null references auth_user on delete cascade
    );
    create index auth_session_user on auth_session ("userId");

    create table auth_account (
      id text primary key,
      "accountId" text not null,
      "providerId" text not null,
      "userId" text not null references auth_user on delete cascade,
      "accessToken" text,
      "refreshToken" text,
      "idToken" text,
      "accessTokenExpiresAt" timestamptz,
      "refreshTokenExpiresAt" timestamptz,
      scope text,
      password text,
      "createdAt" timestamptz not null default now(),
      "updatedAt" timestamptz not null
    );
    create index auth_account_user on auth_account ("userId");

    create table auth_verification (
      id text primary key,
      identifier text not null,
      value text not null,
      "expiresAt" timestamptz not null,
      "createdAt" timestamptz not null default now(),
      "updatedAt" timestamptz not null default now()
    );
    create index auth_verification_identifier on auth_verification (identifier);

    -- Refused sign-ins of the last minutes, by address and by address + e-mail.
    create table sign_in_failure (
      id bigint generated always as identity primary key,
      key text not null,
      at timestamptz not null default now()
    );
    create index sign_in_failure_key on sign_in_failure (key, at);

    -- workspace_id null: the role holds in every workspace, those to come as well.
    create table member (
      id bigint generated always as identity primary key,
      user_id text not null references auth_user on delete cascade,
      workspace_id uuid references workspace on delete cascade,
      role text not null check (role in ('viewer','editor','admin')),
      created_at timestamptz not null default now(),
      unique nulls not distinct (user_id, workspace_id)
    );

    create table api_key (
      id uuid primary key,
      name text not null,
      prefix text not null,
      hash bytea not null unique,
      role text not null check (role in ('viewer','editor','admin')),
      workspace_id uuid references workspace on delete cascade,
      created_by text,
      created_at timestamptz not null default now(),
      expires_at timestamptz,
      last_used_at timestamptz,
      revoked_at timestamptz
    );

    -- Outlives what it tells of: no foreign keys.
    create table audit_log (
      id bigint generated always as identity primary key,
      workspace_id uuid,
      actor_id text,
      actor_name text not null,
      action text not null,
      subject text,
      detail jsonb,
      created_at timestamptz not null default now()
    );
    create index audit_log_workspace on audit_log (workspace_id, id desc);
  `.execute(db)
}
