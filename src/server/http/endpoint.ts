import type * as z from 'zod'
import type { AuditNote } from '../../store/audit.ts'
import type { AuditOrigin } from '../../store/tables/auth.ts'
import type { Workspace } from '../../store/workspaces.ts'
import type { Actor } from '../auth/actor.ts'
import type { Action } from '../auth/authorize.ts'
import type { Context } from '../context.ts'
import { parseBody, parseQuery } from './parse-request.ts'

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'

export type Reply =
  | {
      readonly status: 200 | 201 | 202 | 204
      readonly body?: unknown
      readonly headers?: Readonly<Record<string, string>>
      /** What goes into the audit log: every change of state leaves one (Z8). */
      readonly audit?: AuditNote
    }
  | { readonly stream: Response; readonly audit?: AuditNote }

/** A request whose asker is known and allowed. */
export type RawCall = {
  readonly context: Context
  readonly request: Request
  readonly actor: Actor | null
  readonly workspace: Workspace | null
  readonly clientAddress: string
  readonly origin: AuditOrigin
  /** A part of the path, decoded. */
  readonly param: (name: string) => string
}

/** Who may come in; checked in http/mount.ts before anything of the request is read. */
export type Access =
  | { readonly kind: 'public' }
  | { readonly kind: 'signed-in' }
  | { readonly kind: 'everywhere-admin' }
  | { readonly kind: 'workspace'; readonly action: Action; readonly whileArchived: boolean }

export type Answers = Readonly<Record<number, { readonly description: string; readonly schema?: z.ZodType }>>

/** What the OpenAPI description says of it. */
export type Description = {
  readonly tag: string
  readonly summary: string
  readonly description?: string
  readonly query?: z.ZodType
  readonly body?: z.ZodType
  readonly answers: Answers
}

export type Endpoint = {
  readonly method: Method
  /** As OpenAPI writes it: `/workspaces/{ws}/events`. */
  readonly path: `/${string}`
  readonly access: Access
  readonly bodyLimit: number
  /** More than one where one handler serves several kinds. */
  readonly descriptions: readonly (Description & { readonly path?: string })[]
  readonly run: (call: RawCall) => Promise<Reply>
}

const MEBIBYTE = 1024 * 1024
export const BODY_LIMIT = 8 * MEBIBYTE
export const CHANGES_BODY_LIMIT = 64 * MEBIBYTE

type Definition<Q extends z.ZodType, B extends z.ZodType> = {
  readonly method: Method
  readonly path: `/${string}`
  readonly tag: string
  readonly summary: string
  readonly description?: string
  readonly query?: Q
  readonly body?: B
  readonly bodyLimit?: number
  readonly answers: Answers
  /** Instead of the one description that follows from the rest. */
  readonly descriptions?: readonly (Description & { readonly path?: string })[]
}

type Parsed<Q extends z.ZodType, B extends z.ZodType> = {
  readonly query: z.output<Q>
  readonly body: z.output<B>
}

export type Call<Q extends z.ZodType, B extends z.ZodType> = Omit<RawCall, 'actor' | 'workspace'> &
  Parsed<Q, B> & { readonly actor: Actor }
export type WorkspaceCall<Q extends z.ZodType, B extends z.ZodType> = Call<Q, B> & {
  readonly workspace: Workspace
}
export type PublicCall<Q extends z.ZodType, B extends z.ZodType> = RawCall & Parsed<Q, B>

export function publicEndpoint<Q extends z.ZodType, B extends z.ZodType>(
  definition: Definition<Q, B> & { readonly handle: (call: PublicCall<Q, B>) => Promise<Reply> },
): Endpoint {
  return build(definition, { kind: 'public' }, async (raw) =>
    definition.handle({ ...raw, ...(await parse(definition, raw)) }),
  )
}

export function signedInEndpoint<Q extends z.ZodType, B extends z.ZodType>(
  definition: Definition<Q, B> & {
    readonly access?: 'signed-in' | 'everywhere-admin'
    readonly handle: (call: Call<Q, B>) => Promise<Reply>
  },
): Endpoint {
  return build(definition, { kind: definition.access ?? 'signed-in' }, async (raw) =>
    definition.handle({ ...raw, actor: present(raw.actor), ...(await parse(definition, raw)) }),
  )
}

/**
 * Below `/workspaces/{ws}`; `action` decides who may (auth/authorize.ts). In an archived workspace all that may
 * change something is refused, but for `whileArchived`.
 */
export function workspaceEndpoint<Q extends z.ZodType, B extends z.ZodType>(
  definition: Definition<Q, B> & {
    readonly action: Action
    readonly whileArchived?: true
    readonly handle: (call: WorkspaceCall<Q, B>) => Promise<Reply>
  },
): Endpoint {
  const { action, method, whileArchived = method === 'get' } = definition
  return build(definition, { kind: 'workspace', action, whileArchived }, async (raw) =>
    definition.handle({
      ...raw,
      actor: present(raw.actor),
      workspace: present(raw.workspace),
      ...(await parse(definition, raw)),
    }),
  )
}

function build<Q extends z.ZodType, B extends z.ZodType>(
  definition: Definition<Q, B>,
  access: Access,
  run: Endpoint['run'],
): Endpoint {
  const { method, path, descriptions, bodyLimit } = definition
  return {
    method,
    path,
    access,
    bodyLimit: bodyLimit ?? BODY_LIMIT,
    descriptions: descriptions ?? [definition],
    run,
  }
}

async function parse<Q extends z.ZodType, B extends z.ZodType>(
  definition: Definition<Q, B>,
  { request }: RawCall,
): Promise<Parsed<Q, B>> {
  const query = definition.query && parseQuery(definition.query, request)
  const limit = definition.bodyLimit ?? BODY_LIMIT
  const body = definition.body && (await parseBody(definition.body, request, limit))
  // Without a schema nothing can have asked for it: Q and B are then the bare ZodType, whose output is unknown.
  return { query, body } as Parsed<Q, B>
}

function present<T>(value: T | null): T {
  if (value === null) throw new Error('mount.ts lets nobody through without an actor and a workspace')
  return value
}
