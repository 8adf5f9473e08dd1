import { lazy, Suspense, useId } from 'react'
import f from '../components/form.module.css'
import c from './CodeEditor.module.css'

export type CodeLanguage = 'sql' | 'yaml' | 'json'
export type CodeProps = {
  readonly label: string
  readonly language: CodeLanguage
  readonly value: string
  /** Absent: the text can be read and copied, not changed. */
  readonly onChange?: (value: string) => void
  /** ⌘↵ or Ctrl ↵ in the editor. */
  readonly onRun?: () => void
  /** Names offered while typing SQL. */
  readonly tables?: readonly string[]
  readonly minHeight?: number
}

const CodeMirror = lazy(async () => ({ default: (await import('./CodeMirror.tsx')).CodeMirror }))

/** The kit of the editor is loaded when one is first shown; until then the text stands there plainly. */
export function CodeEditor(
  props: CodeProps & { readonly hideLabel?: boolean; readonly error?: string | undefined },
) {
  const id = useId()
  return (
    <div>
      <span id={id} className={props.hideLabel ? 'visually-hidden' : f.label}>
        {props.label}
      </span>
      <div className={c.frame} {...(props.error === undefined ? {} : { 'data-error': true })}>
        <Suspense
          fallback={
            <pre className={c.plain} style={{ minHeight: props.minHeight ?? 120 }}>
              {props.value}
            </pre>
          }
        >
          <CodeMirror {...props} labelId={id} />
        </Suspense>
      </div>
      {props.error !== undefined && (
        <p className={c.error} role="alert">
          {props.error}
        </p>
      )}
    </div>
  )
}
