import { useDisclosure } from '@mantine/hooks'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ApiKey, ApiKeyCreated } from '../../core/wire/person.ts'
import { apiKeysQuery, deleteApiKey } from '../api/settings.ts'
import { EmptyState } from '../components/EmptyState.tsx'
import { Loaded } from '../components/Loaded.tsx'
import { Pill } from '../components/Pill.tsx'
import t from '../components/ResourceTable.module.css'
import { RowsSkeleton } from '../components/RowsSkeleton.tsx'
import { Time } from '../components/Time.tsx'
import { useWorkspace } from '../frame/use-workspace.ts'
import { AdminPage } from '../settings/AdminPage.tsx'
import { ConfirmButton } from '../settings/ConfirmButton.tsx'
import { CreateApiKey } from '../settings/CreateApiKey.tsx'
import { ROLE_WORDS } from '../settings/RoleSelect.tsx'
import { Secret } from '../settings/Secret.tsx'

/** Keys for scripts and the command line: each with a role and an end. */
export function ApiKeys() {
  const ws = useWorkspace()
  const [opened, dialog] = useDisclosure(false)
  const [created, setCreated] = useState<ApiKeyCreated | null>(null)
  return (
    <AdminPage
      title="API keys"
      lead={
        <>
          For scripts and the command line. The{' '}
          <a className="link" href="/api/v1/reference">
            API reference
          </a>{' '}
          lists every call.
        </>
      }
      action={{ word: 'New API key', run: dialog.open }}
    >
      {created && (
        <Secret label={`The key ${created.name}.`} value={created.key} shell={shellLines(ws, created.key)} />
      )}
      <Keys ws={ws} />
      <CreateApiKey ws={ws} opened={opened} onClose={dialog.close} onCreated={setCreated} />
    </AdminPage>
  )
}

/** What the command line reads (C1). */
function shellLines(ws: string, key: string): string {
  const of = { TANDEM_SERVER: window.location.origin, TANDEM_WORKSPACE: ws, TANDEM_TOKEN: key }
  return Object.entries(of)
    .map(([name, value]) => `export ${name}=${value}`)
    .join('\n')
}

function Keys({ ws }: { readonly ws: string }) {
  const query = useQuery(apiKeysQuery(ws))
  return (
    <Loaded query={query} skeleton={<RowsSkeleton rows={3} />}>
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState>
            An API key lets a script or the command line act here, with a role of its own.
          </EmptyState>
        ) : (
          <Table ws={ws} keys={items} />
        )
      }
    </Loaded>
  )
}

/** What has ended stays listed until it is revoked, so that somebody who wonders sees why. */
function Expiry({ at }: { readonly at: string | null }) {
  if (at === null) return 'never expires'
  if (Date.parse(at) > Date.now()) {
    return (
      <>
        expires <Time at={at} />
      </>
    )
  }
  return (
    <Pill tone="red">
      expired <Time at={at} />
    </Pill>
  )
}

function Table({ ws, keys }: { readonly ws: string; readonly keys: readonly ApiKey[] }) {
  const client = useQueryClient()
  return (
    <table className={t.table} aria-label="API keys">
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col" data-wide>
            Begins with
          </th>
          <th scope="col" data-wide>
            Role
          </th>
          <th scope="col" data-wide>
            Opens
          </th>
          <th scope="col" data-wide>
            Last used
          </th>
          <th scope="col" data-wide>
            End
          </th>
          <th scope="col" className={t.end}>
            <span className="visually-hidden">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {keys.map((key) => (
          <tr key={key.id}>
            <td className={`${t.strong} ${t.wraps}`}>
              {key.name}
              <p className={t.beneath}>
                {ROLE_WORDS[key.role]}, <Expiry at={key.expiresAt} />
              </p>
            </td>
            <td data-wide>
              <code>{key.prefix}…</code>
            </td>
            <td data-wide>{ROLE_WORDS[key.role]}</td>
            <td data-wide>this workspace</td>
            <td data-wide>{key.lastUsedAt === null ? 'never' : <Time at={key.lastUsedAt} />}</td>
            <td data-wide>
              <Expiry at={key.expiresAt} />
            </td>
            <td className={t.end}>
              <ConfirmButton
                label="Revoke"
                fullLabel={`Revoke ${key.name}`}
                title={`Revoke ${key.name}`}
                means="What uses this key is refused from now on. It cannot be taken back."
                confirm="Revoke API key"
                run={async () => {
                  await deleteApiKey(ws, key.id)
                  await client.invalidateQueries({ queryKey: apiKeysQuery(ws).queryKey })
                }}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
