import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import type { Run } from '../../core/wire/run.ts'
import { connectionQuery } from '../api/git.ts'
import { Facts } from '../components/Facts.tsx'
import { FormSkeleton } from '../components/FormSkeleton.tsx'
import { Loaded } from '../components/Loaded.tsx'
import { Time } from '../components/Time.tsx'
import { Page } from '../frame/Page.tsx'
import { useWorkspace } from '../frame/use-workspace.ts'
import { BlockedWays } from '../git/BlockedWays.tsx'
import { CommitId } from '../git/CommitId.tsx'
import { Diagnostics } from '../git/Diagnostics.tsx'
import { isStopped } from '../git/faulty-files.ts'
import { HeldPlan } from '../git/HeldPlan.tsx'
import { KeptSecrets } from '../git/KeptSecrets.tsx'
import { PlanPicture } from '../git/PlanPicture.tsx'
import { RunChanges } from '../git/RunChanges.tsx'
import { RunPill } from '../git/RunPill.tsx'
import { RunSteps } from '../git/RunSteps.tsx'
import c from '../git/run.module.css'
import { useRun } from '../git/use-run.ts'
import { DIRECTION_WORDS, runMs, runWho, TRIGGER_WORDS, wholeRunSentence } from '../words/run-words.ts'
import { duration } from '../words/time.ts'

/** One run: a sentence, then its steps, commits, differences and findings, live while it is at work. */
export function RunPage() {
  const ws = useWorkspace()
  const { run: id } = useParams({ from: '/$ws/git/runs/$run' })
  const query = useRun(ws, id)
  return (
    <Page title="Run">
      <Loaded query={query} skeleton={<FormSkeleton fields={4} />}>
        {(run) => <Whole run={run} />}
      </Loaded>
    </Page>
  )
}

function Whole({ run }: { readonly run: Run }) {
  const ms = runMs(run)
  const ws = useWorkspace()
  const { data: connection } = useQuery(connectionQuery(ws))
  const { inbound, outbound } = run.changes
  // Only the newest run knows what is at fault now.
  const isNewest = connection?.status.lastRun === run.id
  const isBlocked = isStopped(run) && connection?.status.state === 'blocked' && isNewest
  return (
    <>
      <h1 className={c.sentence} aria-live="polite">
        {wholeRunSentence(run)}
      </h1>
      {run.error?.hint && <p>{run.error.hint}</p>}
      <div className={c.meta}>
        <RunPill state={run.state} />
        <Time at={run.createdAt} />
        {ms !== null && <span>took {duration(ms)}</span>}
        {run.error !== null && <code>{run.error.code}</code>}
      </div>
      <div className={c.columns}>
        <div className={c.main}>
          {run.state === 'held' && <HeldPlan ws={ws} run={run} />}
          {isBlocked && <BlockedWays ws={ws} run={run} />}
          {run.plan !== null && <KeptSecrets ws={ws} plan={run.plan} isNewest={isNewest} />}
          {!isBlocked && run.diagnostics.length > 0 && (
            <section className={c.block} aria-label="Diagnostics">
              <h2>Diagnostics</h2>
              <Diagnostics diagnostics={run.diagnostics} />
            </section>
          )}
          {run.commits.length > 0 && (
            <section className={c.block}>
              <h2>Commits</h2>
              <ol className={c.commits} aria-label="Commits">
                {run.commits.map((commit) => (
                  <li key={commit.oid} className={c.commit}>
                    <CommitId oid={commit.oid} />
                    <strong>{commit.subject}</strong>
                    <span>
                      {commit.author}
                      {commit.review !== undefined && (
                        <>
                          , on <code>{commit.review}</code>
                        </>
                      )}
                    </span>
                  </li>
                ))}
              </ol>
            </section>
          )}
          {run.dryRun && run.plan !== null && <PlanPicture plan={run.plan} />}
          {!run.dryRun && inbound.length + outbound.length > 0 && <RunChanges changes={run.changes} />}
        </div>
        <div className={c.main}>
          <section className={c.block}>
            <h2>Steps</h2>
            <RunSteps run={run} />
          </section>
          <Facts
            facts={[
              { label: 'Direction', value: DIRECTION_WORDS[run.direction] },
              { label: 'Trigger', value: `${TRIGGER_WORDS[run.trigger]}${run.full ? ', full' : ''}` },
              { label: 'Who', value: runWho(run) },
            ]}
          />
        </div>
      </div>
    </>
  )
}
