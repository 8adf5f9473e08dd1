import { MergeView, unifiedMergeView } from '@codemirror/merge'
import { EditorView } from '@codemirror/view'
import { useEffect, useRef } from 'react'
import type { CodeLanguage } from '../editor/CodeEditor.tsx'
import { extensionsFor } from '../editor/code-extensions.ts'

type Props = {
  readonly language: CodeLanguage
  readonly before: string
  readonly after: string
  readonly ids: { readonly before: string; readonly after: string }
  readonly unified: boolean
}

/** Tints that leave the text its contrast: the line faintly, what changed in it with a line under it. */
const faint = (tone: 'red' | 'green') => `color-mix(in srgb, var(--${tone}-soft) 55%, var(--surface))`
const strong = (tone: 'red' | 'green') => ({
  background: `var(--${tone}-soft)`,
  boxShadow: `inset 0 -1.5px color-mix(in srgb, var(--${tone}) 60%, transparent)`,
  textDecoration: 'none',
})

const marks = EditorView.theme({
  '&.cm-merge-a .cm-changedLine, .cm-deletedChunk': { backgroundColor: faint('red') },
  '&.cm-merge-b .cm-changedLine, .cm-inlineChangedLine': { backgroundColor: faint('green') },
  '&.cm-merge-a .cm-changedText, .cm-deletedChunk .cm-deletedText': strong('red'),
  '&.cm-merge-b .cm-changedText': strong('green'),
  '.cm-deletedChunk': { paddingLeft: '6px', color: 'var(--text)' },
  '.cm-deletedChunk del': { textDecoration: 'none' },
})

function extensionsOf(language: CodeLanguage, labelId: string) {
  const nothing = () => {}
  const options = {
    language,
    labelId,
    readOnly: true,
    minHeight: 0,
    tables: [],
    onChange: nothing,
    onRun: nothing,
  }
  return [...extensionsFor(options), marks]
}

/** Both texts can be read and copied, not changed. */
export function MergeCodeView({ language, before, after, ids, unified }: Props) {
  const host = useRef<HTMLDivElement>(null)
  const { before: beforeId, after: afterId } = ids
  useEffect(() => {
    const parent = host.current
    if (parent === null) return
    const view = unified
      ? new EditorView({
          parent,
          doc: after,
          extensions: [
            ...extensionsOf(language, afterId),
            unifiedMergeView({ original: before, mergeControls: false, gutter: false }),
          ],
        })
      : new MergeView({
          parent,
          gutter: false,
          a: { doc: before, extensions: extensionsOf(language, beforeId) },
          b: { doc: after, extensions: extensionsOf(language, afterId) },
        })
    return () => view.destroy()
  }, [language, before, after, beforeId, afterId, unified])
  return <div ref={host} />
}
