import { Button, Radio } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Connection } from '../../core/wire/git.ts'
import type { Run } from '../../core/wire/run.ts'
import { planQuery, putConnection, sync } from '../api/git.ts'
import { ErrorNotice } from '../components/ErrorNotice.tsx'
import f from '../components/form.module.css'
import { Loaded } from '../components/Loaded.tsx'
import { RowsSkeleton } from '../components/RowsSkeleton.tsx'
import { PlanPicture } from '../git/PlanPicture.tsx'
import { count } from '../words/count.ts'
import c from './connect.module.css'

const WINNERS = [
  {
    value: 'ask',
    label: 'Ask me for each',
    means: 'They stay as they are on both sides until somebody decides on their page',
  },
  { value: 'workspace', label: 'The workspace wins', means: 'Its version is committed over the one in Git' },
  { value: 'git', label: 'Git wins', means: 'Its version replaces the one in the workspace' },
] as const

type Props = {
  readonly ws: string
  readonly connection: Connection
  readonly onBack: () => void
  readonly onStarted: (run: Run) => void
}

/** What the first sync would do, and who wins where both sides differ (S29). Nothing is deleted on either side. */
export function PlanStep({ ws, connection, onBack, onStarted }: Props) {
  const client = useQueryClient()
  const [winner, setWinner] = useState(connection.firstSync)
  const plan = useQuery(planQuery(ws, true, connection.id))
  const start = useMutation({
    mutationFn: async () => {
      if (winner !== connection.firstSync) await putConnection(ws, { url: connection.url, firstSync: winner })
      return sync(ws, {})
    },
    onSuccess: (run) => {
      void client.invalidateQueries({ queryKey: ['ws', ws] })
      onStarted(run)
    },
  })
  return (
    <div className={f.stack}>
      <p>
        What the first sync with <code>{connection.url}</code> will do. Nothing is deleted on either side.
      </p>
      <Loaded query={plan} skeleton={<RowsSkeleton rows={5} />}>
        {(found) => (
          <>
            <PlanPicture plan={found} />
            {found.conflicts.length > 0 && (
              <Radio.Group
                label={`Where both sides differ (${count(found.conflicts.length, 'resource')})`}
                value={winner}
                onChange={(value) => setWinner(WINNERS.find((one) => one.value === value)?.value ?? 'ask')}
              >
                <div className={f.choices}>
                  {WINNERS.map(({ value, label, means }) => (
                    <Radio key={value} value={value} label={label} description={means} className={f.choice} />
                  ))}
                </div>
              </Radio.Group>
            )}
          </>
        )}
      </Loaded>
      {start.error && <ErrorNotice error={start.error} />}
      <div className={c.foot}>
        <Button onClick={onBack}>Back</Button>
        <Button onClick={() => void plan.refetch()} loading={plan.isFetching}>
          Plan again
        </Button>
        <Button
          variant="filled"
          onClick={() => start.mutate()}
          loading={start.isPending}
          disabled={plan.data === undefined}
        >
          Start first sync
        </Button>
      </div>
    </div>
  )
}
