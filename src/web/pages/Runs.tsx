import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import type { RunSummary } from '../../core/wire/run.ts'
import { runsQuery } from '../api/git.ts'
import { EmptyState } from '../components/EmptyState.tsx'
import { Loaded } from '../components/Loaded.tsx'
import { PageHeader } from '../components/PageHeader.tsx'
import { Pager, usePages } from '../components/Pager.tsx'
import t from '../components/ResourceTable.module.css'
import { RowsSkeleton } from '../components/RowsSkeleton.tsx'
import { Time } from '../components/Time.tsx'
import { Page } from '../frame/Page.tsx'
import { useWorkspace } from '../frame/use-workspace.ts'
import { RunPill } from '../git/RunPill.tsx'
import { paths } from '../paths.ts'
import {
  DIRECTION_WORDS,
  runMs,
  runSentence,
  runWho,
  TRIGGER_WORDS,
  touchedWords,
} from '../words/run-words.ts'
import { duration } from '../words/time.ts'

/** Every run, the newest first; each row says in a sentence what it did. */
export function Runs() {
  const ws = useWorkspace()
  const pages = usePages()
  const query = useQuery(runsQuery(ws, pages.cursor))
  return (
    <Page title="Runs">
      <PageHeader title="Runs" lead="What went between the workspace and the repository, and when." />
      <Loaded query={query} skeleton={<RowsSkeleton />}>
        {({ items, nextCursor }) =>
          items.length === 0 ? (
            <EmptyState>Each sync with Git is listed here: what it read, wrote and found.</EmptyState>
          ) : (
            <>
              <RunTable ws={ws} runs={items} />
              <Pager pages={pages} next={nextCursor} />
            </>
          )
        }
      </Loaded>
    </Page>
  )
}

function RunTable({ ws, runs }: { readonly ws: string; readonly runs: readonly RunSummary[] }) {
  const navigate = useNavigate()
  return (
    <table className={t.table} aria-label="Runs">
      <thead>
        <tr>
          <th scope="col">What happened</th>
          <th scope="col" data-wide>
            Direction
          </th>
          <th scope="col" data-wide>
            Trigger
          </th>
          <th scope="col" data-wide>
            Who
          </th>
          <th scope="col" data-wide>
            Took
          </th>
          <th scope="col" data-wide>
            When
          </th>
          <th scope="col" className={t.end}>
            State
          </th>
        </tr>
      </thead>
      <tbody>
        {runs.map((run) => {
          const ms = runMs(run)
          return (
            <tr key={run.id} className={t.row} onClick={() => navigate({ to: paths.run(ws, run.id) })}>
              <td>
                <Link
                  to={paths.run(ws, run.id)}
                  className={t.link}
                  onClick={(event) => event.stopPropagation()}
                >
                  {runSentence(run)}
                </Link>
                {touchedWords(run) !== '' && <p className={t.names}>{touchedWords(run)}</p>}
                <p className={t.beneath}>
                  {runWho(run)}, <Time at={run.createdAt} />
                </p>
              </td>
              <td data-wide className={t.tight}>
                {DIRECTION_WORDS[run.direction]}
              </td>
              <td data-wide>
                {TRIGGER_WORDS[run.trigger]}
                {run.full && ', full'}
              </td>
              <td data-wide>{runWho(run)}</td>
              <td data-wide className={t.tight}>
                {ms === null ? '' : duration(ms)}
              </td>
              <td data-wide className={t.tight}>
                <Time at={run.createdAt} />
              </td>
              <td className={t.end}>
                <RunPill state={run.state} />
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
