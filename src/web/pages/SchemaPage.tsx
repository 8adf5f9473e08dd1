import { SegmentedControl } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { ErrorNotice } from '../components/ErrorNotice.tsx'
import { SearchField } from '../components/SearchField.tsx'
import f from '../frame/frame.module.css'
import { useWorkspace } from '../frame/use-workspace.ts'
import { parseSchemaSearch } from '../search.ts'
import { CanvasSkeleton } from '../studio/CanvasSkeleton.tsx'
import c from '../studio/canvas.module.css'
import { FirstSteps } from '../studio/FirstSteps.tsx'
import { NewMenu } from '../studio/NewMenu.tsx'
import { SchemaList } from '../studio/SchemaList.tsx'
import { useSchema } from '../studio/use-schema.ts'
import { count } from '../words/count.ts'

const Canvas = lazy(async () => ({ default: (await import('../studio/Canvas.tsx')).Canvas }))

/** The schema as a picture, and as a list for those who read better that way (W2). */
export function SchemaPage() {
  const ws = useWorkspace()
  const navigate = useNavigate()
  const search = useSearch({ from: '/$ws/schema' })
  const schema = useSchema(ws)
  const narrow = useMediaQuery('(max-width: 760px)', undefined, { getInitialValueInEffect: false })
  const usual = narrow ? 'list' : 'canvas'
  const view = search.view ?? usual
  const empty = schema.kind === 'ready' && schema.graph.cards.length === 0
  const go = (change: Readonly<Record<string, string | undefined>>) =>
    navigate({ to: '.', search: parseSchemaSearch({ ...search, ...change }), replace: true })
  return (
    <div className={c.page}>
      <title>Schema · Tandem</title>
      <div className={c.bar}>
        <h1>Schema</h1>
        {schema.kind === 'ready' && (
          <span className={c.count}>
            {count(schema.graph.cards.length, 'model')},{' '}
            {count(schema.graph.relations.length, 'relationship')}
          </span>
        )}
        <span className={c.grow} />
        {!empty && (
          <>
            <div className={c['bar-search']}>
              <SearchField
                label="Search the schema"
                value={search.q ?? ''}
                onChange={(q) => go({ q: q === '' ? undefined : q })}
              />
            </div>
            <SegmentedControl
              aria-label="View"
              data={[
                { value: 'canvas', label: 'Canvas' },
                { value: 'list', label: 'List' },
              ]}
              value={view}
              onChange={(next) => go({ view: next === usual ? undefined : next })}
            />
          </>
        )}
        <NewMenu ws={ws} />
      </div>
      {schema.kind === 'loading' && <CanvasSkeleton />}
      {schema.kind === 'failed' && (
        <div className={f.page}>
          <ErrorNotice error={schema.error} onRetry={schema.retry} />
        </div>
      )}
      {empty && (
        <div className={f.page}>
          <FirstSteps ws={ws} />
        </div>
      )}
      {schema.kind === 'ready' &&
        schema.graph.cards.length > 0 &&
        (view === 'list' ? (
          <SchemaList graph={schema.graph} search={search} />
        ) : (
          <Suspense fallback={<CanvasSkeleton />}>
            <Canvas
              key={ws}
              ws={ws}
              graph={schema.graph}
              typed={search.q ?? ''}
              focus={search.focus}
              onFocus={(focus) => go({ focus })}
            />
          </Suspense>
        ))}
    </div>
  )
}
