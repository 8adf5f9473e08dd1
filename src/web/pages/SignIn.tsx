import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { sessionQuery, signIn } from '../api/session.ts'
import { ErrorNotice } from '../components/ErrorNotice.tsx'
import f from '../components/form.module.css'
import { paths } from '../paths.ts'
import c from './SignIn.module.css'

export function SignIn() {
  const client = useQueryClient()
  const navigate = useNavigate()
  const { next } = useSearch({ from: '/sign-in' })
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const enter = useMutation({
    mutationFn: () => signIn(email.trim(), password),
    onSuccess: async () => {
      client.clear()
      await client.fetchQuery(sessionQuery)
      await navigate({ to: next ?? paths.home })
    },
  })
  return (
    <main className={c.page}>
      <title>Sign in · Tandem</title>
      <form
        className={c.form}
        aria-label="Sign in"
        onSubmit={(event) => {
          event.preventDefault()
          enter.mutate()
        }}
      >
        <img src="/favicon.svg" alt="" width={36} height={36} />
        <div>
          <h1 className={c.title}>Sign in to Tandem</h1>
          <p className={c.lead}>Your customer schema, in the studio and in Git.</p>
        </div>
        <div className={f.stack}>
          <TextInput
            label="E-mail address"
            type="email"
            autoComplete="username"
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
            required
            autoFocus
          />
          <PasswordInput
            label="Password"
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
            required
          />
          {enter.error && <ErrorNotice error={enter.error} />}
          <Button type="submit" variant="filled" fullWidth loading={enter.isPending}>
            Sign in
          </Button>
        </div>
      </form>
    </main>
  )
}
