import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { json } from '@codemirror/lang-json'
import { PostgreSQL, sql } from '@codemirror/lang-sql'
import { yaml } from '@codemirror/lang-yaml'
import { bracketMatching, HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { EditorState, type Extension, Prec } from '@codemirror/state'
import { EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import type { CodeLanguage } from './CodeEditor.tsx'

type Options = {
  readonly language: CodeLanguage
  readonly readOnly: boolean
  readonly labelId: string
  readonly minHeight: number
  readonly tables: readonly string[]
  readonly onChange: (text: string) => void
  readonly onRun: () => void
}

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword], color: 'var(--violet)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--green)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--orange)' },
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--blue)' },
  { tag: [tags.comment, tags.lineComment, tags.blockComment], color: 'var(--text-3)', fontStyle: 'italic' },
  { tag: [tags.typeName, tags.standard(tags.name)], color: 'var(--kind-related)' },
  { tag: tags.invalid, color: 'var(--red)' },
])

const look = (minHeight: number) =>
  EditorView.theme({
    '&': { fontSize: '12.5px', backgroundColor: 'var(--surface)', color: 'var(--text)', maxHeight: '60vh' },
    '&.cm-focused': { outline: 'none' },
    '.cm-scroller': {
      fontFamily: 'var(--font-mono)',
      lineHeight: '1.6',
      fontVariantLigatures: 'none',
      minHeight: `${minHeight}px`,
    },
    '.cm-content': { padding: '8px 0', caretColor: 'var(--text)' },
    '.cm-gutters': { backgroundColor: 'var(--surface)', color: 'var(--text-3)', border: 'none' },
    '.cm-activeLine, .cm-activeLineGutter': {
      backgroundColor: 'color-mix(in srgb, var(--text) 4%, transparent)',
    },
    '.cm-cursor': { borderLeftColor: 'var(--text)' },
    '&.cm-focused .cm-selectionBackground, .cm-selectionBackground, ::selection': {
      backgroundColor: 'var(--accent-soft) !important',
    },
    '.cm-tooltip': {
      backgroundColor: 'var(--surface)',
      border: '1px solid var(--line-strong)',
      borderRadius: '6px',
      color: 'var(--text)',
    },
    '.cm-tooltip-autocomplete ul li[aria-selected]': {
      backgroundColor: 'var(--accent-soft)',
      color: 'var(--text)',
    },
  })

export function extensionsFor(options: Options): Extension[] {
  const base = [
    lineNumbers(),
    syntaxHighlighting(colours),
    EditorView.lineWrapping,
    look(options.minHeight),
    languageOf(options),
    EditorView.contentAttributes.of({ 'aria-labelledby': options.labelId }),
  ]
  if (options.readOnly)
    return [...base, EditorState.readOnly.of(true), EditorView.contentAttributes.of({ tabindex: '0' })]
  const run = {
    key: 'Mod-Enter',
    run: () => {
      options.onRun()
      return true
    },
  }
  return [
    ...base,
    history(),
    bracketMatching(),
    closeBrackets(),
    autocompletion(),
    highlightActiveLine(),
    Prec.high(keymap.of([run])),
    keymap.of([...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap]),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) options.onChange(update.state.doc.toString())
    }),
  ]
}

function languageOf({ language, tables }: Options): Extension {
  if (language === 'yaml') return yaml()
  if (language === 'json') return json()
  return sql({ dialect: PostgreSQL, schema: Object.fromEntries(tables.map((table) => [table, []])) })
}
