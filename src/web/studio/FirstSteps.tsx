import { Button } from '@mantine/core'
import IconCircleCheck from '@tabler/icons-react/dist/esm/icons/IconCircleCheck.mjs'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { connectionQuery } from '../api/git.ts'
import { listQuery } from '../api/resources.ts'
import { NewButton } from '../components/NewButton.tsx'
import { useRights } from '../frame/use-workspace.ts'
import { paths } from '../paths.ts'
import c from './FirstSteps.module.css'

/** The way from an empty workspace to a schema in Git; only the step that is next has its button. */
export function FirstSteps({ ws }: { readonly ws: string }) {
  const rights = useRights()
  const sources = useQuery(listQuery(ws, 'sources'))
  const connection = useQuery(connectionQuery(ws))
  if (sources.data === undefined || connection.data === undefined) return null
  const hasSource = sources.data.length > 0
  return (
    <div className={c.box}>
      <p>The schema shows parent, related and event models and how they join. Three steps lead there.</p>
      <ol className={c.steps} aria-label="First steps">
        <Step
          n={1}
          done={hasSource}
          title="Connect a source"
          means="The warehouse or files that rows come from."
          action={hasSource ? null : <NewButton kind="sources" />}
        />
        <Step
          n={2}
          done={false}
          title="Describe a parent model"
          means="Who your customers are: one table, and the key of a row."
          action={hasSource ? <NewButton kind="parent-models" /> : null}
        />
        <Step
          n={3}
          done={connection.data !== null}
          title="Connect Git"
          means={
            rights.admin
              ? 'Every save becomes a commit. A repository that holds a schema already can come first.'
              : 'Every save becomes a commit. An admin of this workspace connects the repository.'
          }
          action={
            rights.admin &&
            connection.data === null && (
              <Button component={Link} to={paths.connect(ws)}>
                Connect repository
              </Button>
            )
          }
        />
      </ol>
    </div>
  )
}

type StepProps = {
  readonly n: number
  readonly done: boolean
  readonly title: string
  readonly means: string
  readonly action: ReactNode
}

function Step({ n, done, title, means, action }: StepProps) {
  return (
    <li className={c.step}>
      <span className={c.number}>{done ? <IconCircleCheck size={20} aria-label="Done" /> : n}</span>
      <div className={c.words}>
        <strong>{title}</strong>
        <p>{means}</p>
      </div>
      {action}
    </li>
  )
}
