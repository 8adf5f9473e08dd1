import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useRouterState } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import type { InvitationView } from '../../core/wire/invitation.ts'
import { acceptInvitation, invitationQuery } from '../api/people.ts'
import { sessionQuery, signOut } from '../api/session.ts'
import { ErrorNotice } from '../components/ErrorNotice.tsx'
import f from '../components/form.module.css'
import { Loaded } from '../components/Loaded.tsx'
import { RowsSkeleton } from '../components/RowsSkeleton.tsx'
import { paths } from '../paths.ts'
import { ROLE_WORDS } from '../settings/RoleSelect.tsx'
import { absoluteTime } from '../words/time.ts'
import c from './SignIn.module.css'

const SHORTEST = 8

/** Where an invitation's link leads. Its secret stands behind the #, which no server is told by itself. */
export function AcceptInvitation() {
  const hash = useRouterState({ select: (state) => state.location.hash })
  // On the way to the next page the address is that one's already, while this page still stands.
  const [token] = useState(hash)
  const query = useQuery({ ...invitationQuery(token), enabled: token !== '' })
  return (
    <main className={c.page}>
      <title>Invitation · Tandem</title>
      <div className={c.form}>
        <img src="/favicon.svg" alt="" width={36} height={36} />
        {token === '' ? (
          <p>This link lacks its end. Copy it whole, with what follows the #.</p>
        ) : (
          <Loaded query={query} skeleton={<RowsSkeleton rows={3} />}>
            {(view) => <Invited token={token} view={view} />}
          </Loaded>
        )}
      </div>
    </main>
  )
}

function Invited({ token, view }: { readonly token: string; readonly view: InvitationView }) {
  const { data: session } = useQuery(sessionQuery)
  const { workspace, role, invitedBy, email, expiresAt } = view
  const head = (
    <div>
      <h1 className={c.title}>Join {workspace.name}</h1>
      <p className={c.lead}>
        {invitedBy} invites {email} as {ROLE_WORDS[role].toLowerCase()}. The link is good once, until{' '}
        {absoluteTime(expiresAt)}.
      </p>
    </div>
  )
  if (!view.known) return <NewPerson token={token} view={view} head={head} />
  if (session?.actor.email !== email) {
    return (
      <>
        {head}
        <SignInFirst email={email} other={session?.actor.name ?? null} />
      </>
    )
  }
  return (
    <>
      {head}
      <Accept token={token} ws={workspace.slug} word={`Join as ${session.actor.name}`} />
    </>
  )
}

function NewPerson({ token, view, head }: { token: string; view: InvitationView; head: ReactNode }) {
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const accept = useAccept(view.workspace.slug)
  return (
    <form
      className={f.stack}
      aria-label={`Join ${view.workspace.name}`}
      onSubmit={(event) => {
        event.preventDefault()
        accept.mutate({ token, name: name.trim(), password })
      }}
    >
      {head}
      <TextInput
        label="Your name"
        description="Your commits carry it, with your e-mail address."
        autoComplete="name"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        required
        autoFocus
      />
      <PasswordInput
        label="Password"
        description={`At least ${SHORTEST} characters.`}
        autoComplete="new-password"
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
        required
      />
      {accept.error && <ErrorNotice error={accept.error} />}
      <Button
        type="submit"
        variant="filled"
        fullWidth
        loading={accept.isPending}
        disabled={name.trim() === '' || password.length < SHORTEST}
      >
        Join {view.workspace.name}
      </Button>
    </form>
  )
}

function Accept({ token, ws, word }: { readonly token: string; readonly ws: string; readonly word: string }) {
  const accept = useAccept(ws)
  return (
    <div className={f.stack}>
      {accept.error && <ErrorNotice error={accept.error} />}
      <Button
        variant="filled"
        fullWidth
        loading={accept.isPending}
        onClick={() => accept.mutate({ token })}
        data-autofocus
      >
        {word}
      </Button>
    </div>
  )
}

/** The address has an account: only who can sign in to it may take the role. */
function SignInFirst({ email, other }: { readonly email: string; readonly other: string | null }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const next = `${window.location.pathname}${window.location.hash}`
  const go = useMutation({
    mutationFn: async () => {
      if (other !== null) await signOut()
      client.clear()
      await navigate({ to: paths.signIn, search: { next } })
    },
  })
  return (
    <div className={f.stack}>
      <p>
        {email} has an account. Sign in with it
        {other === null ? '' : ` (you are signed in as ${other})`}, and you come back here.
      </p>
      {go.error && <ErrorNotice error={go.error} />}
      <Button variant="filled" fullWidth loading={go.isPending} onClick={() => go.mutate()}>
        Sign in
      </Button>
    </div>
  )
}

function useAccept(ws: string) {
  const client = useQueryClient()
  const navigate = useNavigate()
  return useMutation({
    mutationFn: acceptInvitation,
    onSuccess: async () => {
      client.clear()
      await client.fetchQuery(sessionQuery)
      await navigate({ to: paths.schema(ws) })
    },
  })
}
