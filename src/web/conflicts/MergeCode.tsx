import { useMediaQuery } from '@mantine/hooks'
import { lazy, Suspense, useId } from 'react'
import frame from '../editor/CodeEditor.module.css'
import type { CodeLanguage } from '../editor/CodeEditor.tsx'
import c from './merge-code.module.css'

export type CodeSide = { readonly label: string; readonly text: string }
type Props = {
  readonly language: CodeLanguage
  readonly before: CodeSide
  readonly after: CodeSide
  /** In one column, what goes struck and what comes tinted; else side by side where there is room. */
  readonly unified?: boolean
}

const MergeCodeView = lazy(async () => ({ default: (await import('./MergeCodeView.tsx')).MergeCodeView }))

/** Two versions of a text compared; the kit is loaded when one is first shown. */
export function MergeCode({ language, before, after, unified = false }: Props) {
  const id = useId()
  const narrow = useMediaQuery('(max-width: 900px)') ?? false
  const one = unified || narrow
  const ids = { before: `${id}-before`, after: `${id}-after` }
  return (
    <div>
      <span id={ids.before} className="visually-hidden">
        {before.label}
      </span>
      <span id={ids.after} className="visually-hidden">
        {after.label}
      </span>
      {one && !unified && (
        <p className={c.key}>
          <del>{before.label}</del> <ins>{after.label}</ins>
        </p>
      )}
      <div className={`${frame.frame} ${c.code}`}>
        <Suspense fallback={<pre className={frame.plain}>{after.text}</pre>}>
          <MergeCodeView
            key={String(one)}
            language={language}
            before={before.text}
            after={after.text}
            ids={ids}
            unified={one}
          />
        </Suspense>
      </div>
    </div>
  )
}
