import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { sessionQuery } from '../api/session.ts'

/** The slug of the workspace that the URL names. */
export function useWorkspace(): string {
  const { ws } = useParams({ strict: false })
  if (ws === undefined) throw new Error('This component belongs under /$ws.')
  return ws
}

export type Rights = { readonly edit: boolean; readonly admin: boolean }

/** What this person may do here (Z8); the server decides, this only says so beforehand. */
export function useRights(): Rights {
  const ws = useWorkspace()
  const { data: session } = useQuery(sessionQuery)
  const role = session?.workspaces.find((one) => one.slug === ws)?.role
  return { edit: role === 'editor' || role === 'admin', admin: role === 'admin' }
}

export const NEEDS_EDITOR = 'Your role here is viewer: ask an admin for the editor role.'
export const NEEDS_ADMIN = 'Only an admin of this workspace can do this.'
