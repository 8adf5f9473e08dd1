import { useQuery, useQueryClient } from '@tanstack/react-query'
import { invitationsQuery, revokeInvitation } from '../api/people.ts'
import { ErrorNotice } from '../components/ErrorNotice.tsx'
import t from '../components/ResourceTable.module.css'
import { Time } from '../components/Time.tsx'
import { ConfirmButton } from './ConfirmButton.tsx'
import c from './people.module.css'
import { ROLE_WORDS } from './RoleSelect.tsx'

/** Links that nobody has used yet; nothing where there are none. */
export function Invitations({ ws }: { readonly ws: string }) {
  const client = useQueryClient()
  const { data, error } = useQuery(invitationsQuery(ws))
  if (error) return <ErrorNotice error={error} />
  if (data === undefined || data.items.length === 0) return null
  return (
    <section className={c.section} aria-labelledby="invitations">
      <h2 id="invitations">Invitations</h2>
      <table className={t.table} aria-labelledby="invitations">
        <thead>
          <tr>
            <th scope="col">E-mail address</th>
            <th scope="col" data-wide>
              Role
            </th>
            <th scope="col" data-wide>
              Invited by
            </th>
            <th scope="col" data-wide>
              Ends
            </th>
            <th scope="col" className={t.end}>
              <span className="visually-hidden">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {data.items.map(({ id, email, role, invitedBy, expiresAt }) => (
            <tr key={id}>
              <td className={`${t.strong} ${t.wraps}`}>
                {email}
                <p className={t.beneath}>
                  {ROLE_WORDS[role]}, ends <Time at={expiresAt} />
                </p>
              </td>
              <td data-wide>{ROLE_WORDS[role]}</td>
              <td data-wide>{invitedBy}</td>
              <td data-wide>
                <Time at={expiresAt} />
              </td>
              <td className={t.end}>
                <ConfirmButton
                  label="Revoke"
                  fullLabel={`Revoke the invitation of ${email}`}
                  title={`Revoke the invitation of ${email}`}
                  means="The link opens nothing from now on. You can invite the person again."
                  confirm="Revoke invitation"
                  run={async () => {
                    await revokeInvitation(ws, id)
                    await client.invalidateQueries({ queryKey: invitationsQuery(ws).queryKey })
                  }}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
