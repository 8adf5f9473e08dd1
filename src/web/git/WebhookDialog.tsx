import { Button, Modal } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import IconAlertTriangle from '@tabler/icons-react/dist/esm/icons/IconAlertTriangle.mjs'
import IconCircleCheck from '@tabler/icons-react/dist/esm/icons/IconCircleCheck.mjs'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Webhook, WebhookSecret } from '../../core/wire/webhook.ts'
import { renewWebhookSecret, webhookQuery } from '../api/git.ts'
import { ErrorNotice } from '../components/ErrorNotice.tsx'
import { Facts } from '../components/Facts.tsx'
import f from '../components/form.module.css'
import { Loaded } from '../components/Loaded.tsx'
import { RowsSkeleton } from '../components/RowsSkeleton.tsx'
import { Time } from '../components/Time.tsx'
import { toneStyle } from '../components/tone.ts'
import c from '../connect/connect.module.css'
import { Secret } from '../settings/Secret.tsx'

/** What to enter at the repository's host, so that it says at once that the branch has moved (S13). */
export function WebhookDialog({ ws }: { readonly ws: string }) {
  const [opened, dialog] = useDisclosure(false)
  return (
    <>
      <Button onClick={dialog.open}>Webhook</Button>
      <Modal opened={opened} onClose={dialog.close} title="Webhook" size="lg">
        {opened && <Body ws={ws} onClose={dialog.close} />}
      </Modal>
    </>
  )
}

function Body({ ws, onClose }: { readonly ws: string; readonly onClose: () => void }) {
  const client = useQueryClient()
  const query = useQuery(webhookQuery(ws))
  const renew = useMutation({
    mutationFn: () => renewWebhookSecret(ws),
    onSuccess: () => client.invalidateQueries({ queryKey: webhookQuery(ws).queryKey }),
  })
  const hasSecret = query.data?.secretSince != null
  return (
    <div className={f.stack}>
      <p>
        The host of the repository tells this address when somebody pushes, and the commit comes in at once.
        With a secret it is registered at GitHub, GitLab, Bitbucket, Azure DevOps, Gitea and Forgejo where the
        credentials may; elsewhere enter both in the repository's settings, under <em>Webhooks</em>, for push
        and pull request events as JSON.
      </p>
      <Loaded query={query} skeleton={<RowsSkeleton rows={2} />}>
        {(webhook) => <Facts facts={factsOf(webhook)} />}
      </Loaded>
      {renew.data && <Made made={renew.data} />}
      {renew.error && <ErrorNotice error={renew.error} />}
      <div className={f.buttons}>
        <Button onClick={onClose} data-autofocus>
          Close
        </Button>
        <Button
          variant={hasSecret ? 'default' : 'filled'}
          onClick={() => renew.mutate()}
          loading={renew.isPending}
        >
          {hasSecret ? 'Make another secret' : 'Make a secret'}
        </Button>
      </div>
    </div>
  )
}

const HOSTS = {
  github: 'GitHub',
  gitlab: 'GitLab',
  gitea: 'Gitea',
  bitbucket: 'Bitbucket',
  'azure-devops': 'Azure DevOps',
} as const

/** One that the host has needs nobody to carry it there. */
function Made({ made: { secret, registration } }: { readonly made: WebhookSecret }) {
  if (registration?.problem === null) {
    return (
      <div className={c.answer} style={toneStyle('green')} role="status">
        <IconCircleCheck size={16} aria-hidden />
        <p>Registered at {HOSTS[registration.host]} with a new secret. There is nothing to enter.</p>
      </div>
    )
  }
  return (
    <>
      {registration !== null && (
        <div className={c.answer} style={toneStyle('amber')} role="status">
          <IconAlertTriangle size={16} aria-hidden />
          <p>
            It could not be registered at {HOSTS[registration.host]}, so enter it there.{' '}
            {registration.problem}
          </p>
        </div>
      )}
      <Secret label="The secret." value={secret} />
    </>
  )
}

function factsOf({ url, secretSince, lastDelivery }: Webhook) {
  return [
    { label: 'Address', value: <code>{url}</code> },
    {
      label: 'Secret',
      value:
        secretSince === null ? (
          'none yet: every delivery is refused'
        ) : (
          <>
            made <Time at={secretSince} />; another one replaces it
          </>
        ),
    },
    {
      label: 'Last delivery',
      value: lastDelivery === null ? 'none yet' : <Time at={lastDelivery} />,
    },
  ]
}
