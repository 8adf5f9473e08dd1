import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import f from '../components/form.module.css'
import { Loaded } from '../components/Loaded.tsx'
import { RowsSkeleton } from '../components/RowsSkeleton.tsx'
import { RunPill } from '../git/RunPill.tsx'
import { RunSteps } from '../git/RunSteps.tsx'
import r from '../git/run.module.css'
import { useRun } from '../git/use-run.ts'
import { paths } from '../paths.ts'
import { wholeRunSentence } from '../words/run-words.ts'
import c from './connect.module.css'

/** The first sync, live; null: the connection was changed and needs no first sync. */
export function DoneStep({ ws, run }: { readonly ws: string; readonly run: string | null }) {
  return (
    <div className={f.stack}>
      {run === null ? <p className={r.sentence}>The connection is stored.</p> : <FirstRun ws={ws} id={run} />}
      <div className={c.foot}>
        <span />
        {run !== null && (
          <Button component={Link} to={paths.run(ws, run)}>
            Open the run
          </Button>
        )}
        <Button variant="filled" component={Link} to={paths.git(ws)}>
          Go to the overview
        </Button>
      </div>
    </div>
  )
}

function FirstRun({ ws, id }: { readonly ws: string; readonly id: string }) {
  const query = useRun(ws, id)
  return (
    <Loaded query={query} skeleton={<RowsSkeleton rows={4} />}>
      {(run) => (
        <>
          <h2 className={r.sentence} aria-live="polite">
            {wholeRunSentence(run)}
          </h2>
          <div>
            <RunPill state={run.state} />
          </div>
          <RunSteps run={run} />
        </>
      )}
    </Loaded>
  )
}
