import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { InvitationCreated } from '../../core/wire/invitation.ts'
import type { Member, RoleWire } from '../../core/wire/person.ts'
import { changeMember, membersQuery, removeMember } from '../api/settings.ts'
import { ErrorNotice } from '../components/ErrorNotice.tsx'
import { Loaded } from '../components/Loaded.tsx'
import t from '../components/ResourceTable.module.css'
import { RowsSkeleton } from '../components/RowsSkeleton.tsx'
import { useWorkspace } from '../frame/use-workspace.ts'
import { AdminPage } from '../settings/AdminPage.tsx'
import { ConfirmButton } from '../settings/ConfirmButton.tsx'
import { Invitations } from '../settings/Invitations.tsx'
import { InviteMember } from '../settings/InviteMember.tsx'
import { MemberSessions } from '../settings/MemberSessions.tsx'
import { ROLE_WORDS, RoleSelect } from '../settings/RoleSelect.tsx'
import { Secret } from '../settings/Secret.tsx'

/** Who may do what in this workspace (Z8). */
export function Members() {
  const ws = useWorkspace()
  const [opened, dialog] = useDisclosure(false)
  const [invited, setInvited] = useState<InvitationCreated | null>(null)
  return (
    <AdminPage
      title="Members"
      lead="Who reads, edits and administers this workspace. Commits carry the name and e-mail address of the person who saved."
      action={{ word: 'Invite member', run: dialog.open }}
    >
      {invited !== null && <Secret label={`The link for ${invited.email}.`} value={invited.url} />}
      <List ws={ws} />
      <Invitations ws={ws} />
      <MemberSessions ws={ws} />
      <InviteMember ws={ws} opened={opened} onClose={dialog.close} onInvited={setInvited} />
    </AdminPage>
  )
}

function List({ ws }: { readonly ws: string }) {
  const query = useQuery(membersQuery(ws))
  return (
    <Loaded query={query} skeleton={<RowsSkeleton rows={3} />}>
      {({ items }) => <Table ws={ws} members={items} />}
    </Loaded>
  )
}

function Table({ ws, members }: { readonly ws: string; readonly members: readonly Member[] }) {
  const client = useQueryClient()
  const refresh = () => client.invalidateQueries({ queryKey: membersQuery(ws).queryKey })
  const change = useMutation({
    mutationFn: ({ id, role }: { id: string; role: RoleWire }) => changeMember(ws, id, role),
    onSettled: refresh,
  })
  return (
    <>
      {change.error && <ErrorNotice error={change.error} />}
      <table className={t.table} aria-label="Members">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col" data-wide>
              E-mail address
            </th>
            <th scope="col">Role</th>
            <th scope="col" className={t.end}>
              <span className="visually-hidden">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {members.map((member) => (
            <tr key={member.id}>
              <td className={`${t.strong} ${t.wraps}`}>
                {member.name}
                <p className={t.beneath}>{member.email}</p>
              </td>
              <td data-wide>{member.email}</td>
              <td>
                {member.everywhere ? (
                  `${ROLE_WORDS[member.role]}, in every workspace`
                ) : (
                  <RoleSelect
                    label={`Role of ${member.name}`}
                    hideLabel
                    value={member.role}
                    onChange={(role) => change.mutate({ id: member.id, role })}
                  />
                )}
              </td>
              <td className={t.end}>
                {!member.everywhere && (
                  <ConfirmButton
                    label="Remove"
                    fullLabel={`Remove ${member.name}`}
                    title={`Remove ${member.name}`}
                    means="They lose access to this workspace at once. What they saved stays, and commits keep their name."
                    confirm="Remove member"
                    run={async () => {
                      await removeMember(ws, member.id)
                      await refresh()
                    }}
                  />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
