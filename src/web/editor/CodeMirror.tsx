import { EditorView } from '@codemirror/view'
import { useEffect, useRef } from 'react'
import type { CodeProps } from './CodeEditor.tsx'
import { extensionsFor } from './code-extensions.ts'

/** CodeMirror keeps its own document: React mounts it and hands over what changes from outside. */
export function CodeMirror({ labelId, ...props }: CodeProps & { readonly labelId: string }) {
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView | null>(null)
  const latest = useRef(props)
  latest.current = props
  const { language, value } = props
  const readOnly = props.onChange === undefined
  const minHeight = props.minHeight ?? 120
  const tables = props.tables?.join('\n') ?? ''

  useEffect(() => {
    if (host.current === null) return
    const editor = new EditorView({
      parent: host.current,
      doc: latest.current.value,
      extensions: extensionsFor({
        language,
        readOnly,
        labelId,
        minHeight,
        tables: tables === '' ? [] : tables.split('\n'),
        onChange: (text) => latest.current.onChange?.(text),
        onRun: () => latest.current.onRun?.(),
      }),
    })
    view.current = editor
    return () => {
      editor.destroy()
      view.current = null
    }
  }, [language, readOnly, labelId, minHeight, tables])

  // A value from outside (Discard, another tab's save) replaces the document; its own edits come back equal.
  useEffect(() => {
    const editor = view.current
    if (editor === null || editor.state.doc.toString() === value) return
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } })
  }, [value])

  return <div ref={host} />
}
