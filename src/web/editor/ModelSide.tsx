import { Tabs } from '@mantine/core'
import { lazy, Suspense } from 'react'
import type { FileKind } from '../../core/model/kind.ts'
import type { Resource } from '../api/resources.ts'
import { FormSkeleton } from '../components/FormSkeleton.tsx'
import { HistoryTab } from '../history/HistoryTab.tsx'
import { textOf } from '../words/resource-name.ts'
import { shortcut } from '../words/shortcut.ts'
import { PreviewTab } from './PreviewTab.tsx'
import { UsedByTab } from './UsedByTab.tsx'
import type { Draft } from './use-draft.ts'
import type { LiveQuery } from './use-model-query.ts'

const YamlTab = lazy(async () => ({ default: (await import('./YamlTab.tsx')).YamlTab }))

type Props = {
  readonly ws: string
  readonly kind: FileKind
  readonly resource: Resource | null
  readonly draft: Draft
  /** Null: this kind has no rows of its own. */
  readonly live: LiveQuery | null
}

/** Beside every form: rows, the file as Git will have it, its versions, and who refers to it. */
export function ModelSide({ ws, kind, resource, draft, live }: Props) {
  return (
    <Tabs defaultValue={live === null ? 'yaml' : 'preview'} keepMounted={false}>
      <Tabs.List aria-label="Details">
        {live !== null && <Tabs.Tab value="preview">Preview</Tabs.Tab>}
        <Tabs.Tab value="yaml">YAML</Tabs.Tab>
        {resource !== null && <Tabs.Tab value="history">History</Tabs.Tab>}
        {resource !== null && <Tabs.Tab value="used-by">Used by</Tabs.Tab>}
      </Tabs.List>
      {live !== null && (
        <Tabs.Panel value="preview">
          <PreviewTab
            ws={ws}
            source={live.source}
            query={live.query}
            saved={live.saved}
            noQuery={noQueryWords(textOf(draft.value, 'type'), live)}
            behind={live.behind}
            onRun={live.run}
          />
        </Tabs.Panel>
      )}
      <Tabs.Panel value="yaml">
        <Suspense fallback={<FormSkeleton fields={2} />}>
          <YamlTab
            ws={ws}
            kind={kind}
            slug={resource?.slug ?? null}
            value={draft.value}
            dirty={draft.dirty}
          />
        </Suspense>
      </Tabs.Panel>
      {resource !== null && (
        <>
          <Tabs.Panel value="history">
            <HistoryTab ws={ws} kind={kind} slug={resource.slug} inGit={resource.git.state === 'in-git'} />
          </Tabs.Panel>
          <Tabs.Panel value="used-by">
            <UsedByTab ws={ws} kind={kind} slug={resource.slug} />
          </Tabs.Panel>
        </>
      )}
    </Tabs>
  )
}

function noQueryWords(type: string, live: LiveQuery): string {
  if (type === 'dbt_model')
    return 'The rows of a dbt model are built by dbt, so there is nothing to preview here.'
  if (type === 'custom')
    return 'A custom query is read by its own source type, so there is nothing to preview here.'
  if (live.source === '') return 'Choose a source, and its rows show here.'
  return type === 'table'
    ? 'Choose a table, and its rows show here.'
    : `Write SQL and run it (${shortcut('↵')}), and its rows show here.`
}
