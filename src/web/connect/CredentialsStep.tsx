import { Button, PasswordInput, Radio, Textarea, TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { Connection } from '../../core/wire/git.ts'
import f from '../components/form.module.css'
import { paths } from '../paths.ts'
import c from './connect.module.css'
import { type ConnectDraft, missingIn } from './draft.ts'
import { HostFields } from './HostFields.tsx'

export type StepProps = {
  readonly ws: string
  readonly draft: ConnectDraft
  readonly stored: Connection | null
  readonly change: (change: Partial<ConnectDraft>) => void
}

const CHOICES = [
  {
    value: 'token',
    label: 'HTTPS with a token',
    means: 'A personal or project access token that may read and write the repository',
  },
  {
    value: 'github-app',
    label: 'GitHub App',
    means: 'Belongs to no person, and shows problems at their lines in pull requests',
  },
  {
    value: 'ssh',
    label: 'SSH with a key',
    means: 'A private key whose public half is a deploy key with write access',
  },
  {
    value: 'none',
    label: 'No credentials',
    means: 'A repository that this server may read and write as it is',
  },
] as const

export function CredentialsStep({
  ws,
  draft,
  stored,
  change,
  onNext,
}: StepProps & { readonly onNext: () => void }) {
  const missing = missingIn('credentials', draft, stored)
  const kept =
    stored?.credentials.type === draft.access
      ? 'Stored. Type to replace it; empty keeps it.'
      : 'Stored encrypted, never shown again.'
  return (
    <form
      className={f.stack}
      aria-label="Credentials"
      onSubmit={(event) => {
        event.preventDefault()
        if (missing === null) onNext()
      }}
    >
      <Radio.Group
        label="Access"
        value={draft.access}
        onChange={(access) =>
          change({ access: CHOICES.find((one) => one.value === access)?.value ?? 'token' })
        }
      >
        <div className={f.choices}>
          {CHOICES.map(({ value, label, means }) => (
            <Radio key={value} value={value} label={label} description={means} className={f.choice} />
          ))}
        </div>
      </Radio.Group>
      {draft.access === 'token' && (
        <div className={f.pair}>
          <PasswordInput
            label="Access token"
            description={kept}
            value={draft.token}
            autoComplete="off"
            visibilityToggleButtonProps={{ 'aria-label': 'Show the token' }}
            onChange={(event) => change({ token: event.currentTarget.value })}
          />
          <TextInput
            label="Username"
            description="Most hosts need none."
            value={draft.username}
            onChange={(event) => change({ username: event.currentTarget.value })}
          />
        </div>
      )}
      {draft.access === 'github-app' && (
        <>
          <div className={f.pair}>
            <TextInput
              label="App ID"
              description="On the App's own page."
              value={draft.appId}
              onChange={(event) => change({ appId: event.currentTarget.value })}
            />
            <TextInput
              label="Installation ID"
              description="The number at the end of the installation's address."
              value={draft.installationId}
              onChange={(event) => change({ installationId: event.currentTarget.value })}
            />
          </div>
          <Textarea
            label="Private key"
            description={`The whole .pem file. ${kept}`}
            autosize
            minRows={4}
            maxRows={8}
            value={draft.privateKey}
            onChange={(event) => change({ privateKey: event.currentTarget.value })}
            styles={{ input: { fontFamily: 'var(--font-mono)', fontSize: 12 } }}
          />
        </>
      )}
      {(draft.access === 'token' || draft.access === 'github-app') && (
        <HostFields draft={draft} change={change} />
      )}
      {draft.access === 'ssh' && (
        <>
          <Textarea
            label="Private key"
            description={kept}
            autosize
            minRows={4}
            maxRows={8}
            value={draft.privateKey}
            onChange={(event) => change({ privateKey: event.currentTarget.value })}
            styles={{ input: { fontFamily: 'var(--font-mono)', fontSize: 12 } }}
          />
          <Textarea
            label="Known hosts"
            description="The host's keys, as ssh-keyscan prints them: only these are trusted."
            autosize
            minRows={2}
            maxRows={6}
            value={draft.knownHosts}
            onChange={(event) => change({ knownHosts: event.currentTarget.value })}
            styles={{ input: { fontFamily: 'var(--font-mono)', fontSize: 12 } }}
          />
        </>
      )}
      <div className={c.foot}>
        <span className={f.hint}>{missing}</span>
        <Button component={Link} to={paths.git(ws)}>
          Cancel
        </Button>
        <Button type="submit" variant="filled" disabled={missing !== null}>
          Next
        </Button>
      </div>
    </form>
  )
}
