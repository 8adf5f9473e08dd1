import { Button, MultiSelect, Select, Switch } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import IconStack2 from '@tabler/icons-react/dist/esm/icons/IconStack2.mjs'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { FILE_KINDS, KIND_WORDS } from '../../core/model/kind.ts'
import type { Environments } from '../../core/wire/environments.ts'
import { environmentsQuery } from '../api/environments.ts'
import { sessionQuery } from '../api/session.ts'
import { EmptyState } from '../components/EmptyState.tsx'
import { Loaded } from '../components/Loaded.tsx'
import { PageHeader } from '../components/PageHeader.tsx'
import { usePages } from '../components/Pager.tsx'
import t from '../components/ResourceTable.module.css'
import { RowsSkeleton } from '../components/RowsSkeleton.tsx'
import { SearchField } from '../components/SearchField.tsx'
import { EnvironmentTable } from '../environments/EnvironmentTable.tsx'
import c from '../environments/environments.module.css'
import { MatrixTable } from '../environments/MatrixTable.tsx'
import { Page } from '../frame/Page.tsx'
import { useWorkspace } from '../frame/use-workspace.ts'
import { paths } from '../paths.ts'
import type { EnvironmentsSearch } from '../search.ts'
import { count, sentence } from '../words/count.ts'

/** Workspaces beside each other (W7). */
export function EnvironmentsPage() {
  const ws = useWorkspace()
  const { data: session } = useQuery(sessionQuery)
  const others = (session?.workspaces ?? []).filter(({ slug }) => slug !== ws)
  return (
    <Page title="Environments">
      <PageHeader
        title="Environments"
        lead="One schema in several workspaces: where each lies in Git, and what is the same in them."
        actions={
          others[0] && (
            <>
              <Button component={Link} to={paths.aliases(ws)}>
                Aliases
              </Button>
              <Button
                renderRoot={(props) => (
                  <Link
                    {...props}
                    to={paths.compareEnvironments(ws)}
                    search={{ from: ws, to: others[0]?.slug ?? '' }}
                  />
                )}
              >
                Compare two
              </Button>
              <Button
                variant="filled"
                renderRoot={(props) => (
                  <Link {...props} to={paths.promote(ws)} search={{ from: ws, to: others[0]?.slug ?? '' }} />
                )}
              >
                Promote
              </Button>
            </>
          )
        }
      />
      {session && others.length === 0 ? (
        <EmptyState icon={<IconStack2 size={28} stroke={1.5} aria-hidden />}>
          Once there is a second workspace that you may read, this page shows what differs between them. An
          administrator makes one in the list of workspaces, top left.
        </EmptyState>
      ) : (
        <Known ws={ws} others={others} />
      )}
    </Page>
  )
}

type Other = { readonly slug: string; readonly name: string }
type Props = { readonly ws: string; readonly others: readonly Other[] }

function Known({ ws, others }: Props) {
  const search = useSearch({ from: '/$ws/git/environments' })
  const [q] = useDebouncedValue(search.q ?? '', 200)
  const pages = usePages()
  const chosen = search.with?.split(',') ?? others.map(({ slug }) => slug)
  const query = useQuery(
    environmentsQuery(ws, {
      workspaces: [ws, ...chosen],
      differing: search.all !== true,
      q,
      kind: search.kind ?? null,
      cursor: pages.cursor,
    }),
  )
  return (
    <Loaded query={query} skeleton={<RowsSkeleton rows={8} />}>
      {(found) => (
        <>
          <section className={c.section} aria-label="Workspaces">
            <EnvironmentTable ws={ws} environments={found.workspaces} />
          </section>
          <section className={c.section} aria-label="Resources">
            <h2>Resources</h2>
            <p className={c['lead-words']}>{verdict(found)}</p>
            <Tools ws={ws} others={others} chosen={chosen} search={search} found={found} />
            {found.items.length > 0 && (
              <MatrixTable ws={ws} workspaces={found.workspaces} rows={found.items} />
            )}
            {(pages.newer !== null || found.nextCursor !== null) && (
              <div className={t.more}>
                {pages.newer !== null && (
                  <Button size="xs" onClick={pages.newer}>
                    Previous
                  </Button>
                )}
                {found.nextCursor !== null && (
                  <Button size="xs" onClick={() => pages.older(found.nextCursor ?? '')}>
                    Next
                  </Button>
                )}
              </div>
            )}
          </section>
        </>
      )}
    </Loaded>
  )
}

function verdict({ resources, differing, workspaces }: Environments): string {
  if (workspaces.length < 2) return 'Choose another workspace to hold this one against.'
  const all = count(resources, 'resource')
  if (differing === 0) return `All ${all} are the same in these ${workspaces.length} workspaces.`
  return `${sentence(count(differing, 'resource'))} of ${resources.toLocaleString('en')} ${differing === 1 ? 'differs' : 'differ'}. Each is held against the first workspace that has it; a source that stands for another one is the same.`
}

type ToolsProps = Props & {
  readonly chosen: readonly string[]
  readonly search: EnvironmentsSearch
  readonly found: Environments
}

function Tools({ others, chosen, search, found }: ToolsProps) {
  const navigate = useNavigate()
  const go = (change: { [K in keyof EnvironmentsSearch]: EnvironmentsSearch[K] | undefined }) => {
    const next = Object.entries({ ...search, ...change }).filter(
      ([, value]) => value !== undefined && value !== '',
    )
    void navigate({ to: '.', search: Object.fromEntries(next), replace: true })
  }
  return (
    <div className={c.tools}>
      <SearchField label="Search resources" value={search.q ?? ''} onChange={(q) => go({ q })} />
      <Select
        aria-label="Kind"
        placeholder="Every kind"
        data={FILE_KINDS.map((kind) => ({ value: kind, label: sentence(KIND_WORDS[kind]) }))}
        value={search.kind ?? null}
        onChange={(kind) => go({ kind: FILE_KINDS.find((one) => one === kind) })}
        clearable
      />
      {others.length > 1 && (
        <MultiSelect
          aria-label="Workspaces in the table"
          data={others.map(({ slug, name }) => ({ value: slug, label: name }))}
          value={[...chosen]}
          onChange={(some) =>
            go({ with: some.length === others.length ? undefined : some.join(',') || undefined })
          }
        />
      )}
      <Switch
        label="Only differences"
        checked={search.all !== true}
        onChange={(event) => go({ all: event.currentTarget.checked ? undefined : true })}
      />
      <span className={t.slug}>{count(found.total, 'resource')} shown</span>
    </div>
  )
}
