import { Autocomplete, Button, NumberInput, Switch, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type Connection, POLL_SECONDS_MAX } from '../../core/wire/git.ts'
import { putConnection, testConnection } from '../api/git.ts'
import { ErrorNotice } from '../components/ErrorNotice.tsx'
import f from '../components/form.module.css'
import type { StepProps } from './CredentialsStep.tsx'
import c from './connect.module.css'
import { inputOf, missingIn, pollFault } from './draft.ts'
import { TestAnswer } from './TestAnswer.tsx'

const mono = { input: { fontFamily: 'var(--font-mono)', fontSize: 13 } }

type Props = StepProps & { readonly onBack: () => void; readonly onStored: (connection: Connection) => void }

/** Where the files lie. Test tries it and stores nothing; Next stores it, and still nothing is synced. */
export function RepositoryStep({ ws, draft, stored, change, onBack, onStored }: Props) {
  const test = useMutation({ mutationFn: () => testConnection(ws, inputOf(draft)) })
  const store = useMutation({ mutationFn: () => putConnection(ws, inputOf(draft)), onSuccess: onStored })
  const missing = missingIn('repository', draft, stored)
  const branches = test.data?.state === 'ok' ? test.data.branches : []
  const set = (key: 'url' | 'branch' | 'path' | 'adopt' | 'pollSeconds', value: string) => {
    test.reset()
    store.reset()
    change({ [key]: value })
  }
  return (
    <form
      className={f.stack}
      aria-label="Repository"
      onSubmit={(event) => {
        event.preventDefault()
        if (missing === null) store.mutate()
      }}
    >
      <TextInput
        label="Repository URL"
        placeholder={
          draft.access === 'ssh'
            ? 'ssh://git@example.com/team/schema.git'
            : 'https://example.com/team/schema.git'
        }
        value={draft.url}
        onChange={(event) => set('url', event.currentTarget.value)}
        styles={mono}
      />
      <div className={f.pair}>
        <Autocomplete
          label="Branch"
          description="Made by the first sync when it is missing."
          data={[...branches]}
          value={draft.branch}
          onChange={(branch) => set('branch', branch)}
          styles={mono}
        />
        <TextInput
          label="Path"
          description="A folder in the repository; empty: its root."
          value={draft.path}
          onChange={(event) => set('path', event.currentTarget.value)}
          styles={mono}
        />
      </div>
      <TextInput
        label="Adopt the manifest of"
        description="Empty for this workspace's own. When the files were written for another workspace, its slug: the one in manifest-<slug>.yaml."
        value={draft.adopt}
        onChange={(event) => set('adopt', event.currentTarget.value)}
        styles={mono}
      />
      <NumberInput
        label="Look for commits every"
        description="0 looks only when somebody asks."
        suffix=" seconds"
        min={0}
        max={POLL_SECONDS_MAX}
        clampBehavior="none"
        allowDecimal={false}
        w={200}
        value={draft.pollSeconds}
        error={pollFault(draft)}
        onChange={(seconds) => set('pollSeconds', String(seconds))}
      />
      <Switch
        label="Ask for approval of what comes in"
        description="Each change from Git waits until an admin has looked at it. Saves go out as always."
        checked={draft.approval}
        onChange={(event) => {
          store.reset()
          change({ approval: event.currentTarget.checked })
        }}
      />
      <Switch
        label="Collect saves in reviews"
        description="Each person's saves go to a branch of their own and a pull request, and come to the branch when that is merged. A host without pull requests we can open gets the branch alone."
        checked={draft.review}
        onChange={(event) => {
          store.reset()
          change({ review: event.currentTarget.checked })
        }}
      />
      <div>
        <Button onClick={() => test.mutate()} loading={test.isPending} disabled={missing !== null}>
          Test
        </Button>
      </div>
      {test.error && <ErrorNotice error={test.error} />}
      {test.data && <TestAnswer answer={test.data} />}
      {store.error && <ErrorNotice error={store.error} />}
      <div className={c.foot}>
        <Button onClick={onBack}>Back</Button>
        <Button type="submit" variant="filled" loading={store.isPending} disabled={missing !== null}>
          Next
        </Button>
      </div>
    </form>
  )
}
