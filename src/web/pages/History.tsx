import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Version } from '../../core/wire/history.ts'
import { connectionQuery } from '../api/git.ts'
import { historyQuery } from '../api/history.ts'
import { EmptyState } from '../components/EmptyState.tsx'
import { Loaded } from '../components/Loaded.tsx'
import { PageHeader } from '../components/PageHeader.tsx'
import { Pager, usePages } from '../components/Pager.tsx'
import { RowsSkeleton } from '../components/RowsSkeleton.tsx'
import { Page } from '../frame/Page.tsx'
import { useRights, useWorkspace } from '../frame/use-workspace.ts'
import { shortOid } from '../git/git-words.ts'
import c from '../history/history.module.css'
import { VersionTable } from '../history/VersionTable.tsx'
import { paths } from '../paths.ts'

/** The versions of the schema: commits that changed it, whoever made them (S23). */
export function History() {
  const ws = useWorkspace()
  const connection = useQuery(connectionQuery(ws))
  return (
    <Page title="History">
      <PageHeader
        title="History"
        lead="Every commit that changed the schema, from before it was connected too."
      />
      <Loaded query={connection} skeleton={<RowsSkeleton />}>
        {(known) => (known === null ? <NotConnected ws={ws} /> : <Versions ws={ws} />)}
      </Loaded>
    </Page>
  )
}

function NotConnected({ ws }: { readonly ws: string }) {
  const rights = useRights()
  return (
    <EmptyState
      action={
        rights.admin ? (
          <Button variant="filled" component={Link} to={paths.connect(ws)}>
            Connect repository
          </Button>
        ) : (
          <p>An admin of this workspace connects a repository.</p>
        )
      }
    >
      Once a repository is connected, its commits are the versions of the schema: compare any two, and go back
      to one.
    </EmptyState>
  )
}

function Versions({ ws }: { readonly ws: string }) {
  const pages = usePages()
  const query = useQuery(historyQuery(ws, null, pages.cursor))
  const [chosen, setChosen] = useState<readonly Version[]>([])
  const choose = (version: Version) =>
    setChosen((before) =>
      before.some(({ commit }) => commit === version.commit)
        ? before.filter(({ commit }) => commit !== version.commit)
        : [...before.slice(-1), version],
    )
  return (
    <Loaded query={query} skeleton={<RowsSkeleton />}>
      {({ items, nextCursor }) =>
        items.length === 0 ? (
          <EmptyState>The first commit that changes the schema is its first version.</EmptyState>
        ) : (
          <>
            <Choice ws={ws} chosen={inOrder(chosen, items)} />
            <VersionTable
              ws={ws}
              versions={items}
              chosen={chosen.map(({ commit }) => commit)}
              onChoose={choose}
            />
            <Pager pages={pages} next={nextCursor} />
          </>
        )
      }
    </Loaded>
  )
}

/** The older first: by their places in the list, and across pages by their dates. */
function inOrder(chosen: readonly Version[], items: readonly Version[]): readonly Version[] {
  const place = ({ commit }: Version) => items.findIndex((item) => item.commit === commit)
  const isHere = chosen.every((version) => place(version) !== -1)
  return chosen.toSorted((a, b) => (isHere ? place(b) - place(a) : Date.parse(a.at) - Date.parse(b.at)))
}

/** One version is compared with the workspace now, two with each other. */
function Choice({ ws, chosen }: { readonly ws: string; readonly chosen: readonly Version[] }) {
  const navigate = useNavigate()
  const [from, to] = chosen
  const words =
    from === undefined
      ? 'Choose two versions to compare them, or one to compare it with the workspace now.'
      : to === undefined
        ? `${shortOid(from.commit)} and the workspace now`
        : `${shortOid(from.commit)} and ${shortOid(to.commit)}`
  const compare = () =>
    from &&
    navigate({ to: paths.compare(ws), search: { from: from.commit, ...(to ? { to: to.commit } : {}) } })
  return (
    <div className={c.tools}>
      <p aria-live="polite">{words}</p>
      <Button variant="filled" onClick={() => void compare()} disabled={from === undefined}>
        Compare
      </Button>
    </div>
  )
}
