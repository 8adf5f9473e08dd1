import { Button, Modal } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { endOtherSessions, endOwnSession, ownSessionsQuery } from '../api/people.ts'
import { ErrorNotice } from '../components/ErrorNotice.tsx'
import f from '../components/form.module.css'
import { Loaded } from '../components/Loaded.tsx'
import { RowsSkeleton } from '../components/RowsSkeleton.tsx'
import { SessionTable } from '../settings/SessionTable.tsx'

type Props = { readonly opened: boolean; readonly onClose: () => void }

/** Where one is signed in oneself. */
export function OwnSessions({ opened, onClose }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title="Your sessions" size="lg">
      <List />
    </Modal>
  )
}

function List() {
  const client = useQueryClient()
  const query = useQuery(ownSessionsQuery)
  const others = useMutation({
    mutationFn: endOtherSessions,
    onSettled: () => client.invalidateQueries({ queryKey: ownSessionsQuery.queryKey }),
  })
  return (
    <Loaded query={query} skeleton={<RowsSkeleton rows={2} />}>
      {({ items }) => (
        <div className={f.stack}>
          <SessionTable
            sessions={items}
            named={false}
            refresh={ownSessionsQuery.queryKey}
            end={endOwnSession}
          />
          {others.error && <ErrorNotice error={others.error} />}
          {items.length > 1 && (
            <div className={f.buttons}>
              <Button loading={others.isPending} onClick={() => others.mutate()}>
                End all other sessions
              </Button>
            </div>
          )}
        </div>
      )}
    </Loaded>
  )
}
