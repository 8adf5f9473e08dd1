import { useQueryClient } from '@tanstack/react-query'
import type { SessionEntry } from '../../core/wire/invitation.ts'
import t from '../components/ResourceTable.module.css'
import { Time } from '../components/Time.tsx'
import { agentWords } from '../words/agent.ts'
import { ConfirmButton } from './ConfirmButton.tsx'

type Props = {
  readonly sessions: readonly SessionEntry[]
  /** Whose they are, where they are of several people. */
  readonly named: boolean
  readonly refresh: readonly string[]
  readonly end: (id: string) => Promise<void>
}

/** Where people are signed in, each with a way to end it. */
export function SessionTable({ sessions, named, refresh, end }: Props) {
  const client = useQueryClient()
  return (
    <table className={t.table} aria-label="Sessions">
      <thead>
        <tr>
          <th scope="col">{named ? 'Who' : 'Browser'}</th>
          {named && (
            <th scope="col" data-wide>
              Browser
            </th>
          )}
          <th scope="col" data-wide>
            Address
          </th>
          <th scope="col" data-wide>
            Signed in
          </th>
          <th scope="col" className={t.end}>
            <span className="visually-hidden">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {sessions.map(({ id, person, agent, address, signedInAt, current }) => {
          const browser = agentWords(agent)
          return (
            <tr key={id}>
              <td className={t.strong} title={agent ?? undefined}>
                {named ? person.name : browser}
                <p className={t.beneath}>
                  {named && `${browser}, `}
                  {address ?? 'address unknown'}, <Time at={signedInAt} />
                </p>
              </td>
              {named && (
                <td data-wide title={agent ?? undefined}>
                  {browser}
                </td>
              )}
              <td data-wide>
                <code>{address ?? ''}</code>
              </td>
              <td data-wide>
                <Time at={signedInAt} />
              </td>
              <td className={t.end}>
                {current ? (
                  'this one'
                ) : (
                  <ConfirmButton
                    label="End"
                    fullLabel={`End the session of ${person.name} in ${browser}`}
                    title="End the session"
                    means={`Whoever uses it as ${person.name} has to sign in again. What is typed there and not saved is lost.`}
                    confirm="End session"
                    run={async () => {
                      await end(id)
                      await client.invalidateQueries({ queryKey: [...refresh] })
                    }}
                  />
                )}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
