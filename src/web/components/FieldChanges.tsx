import type { FieldChangeWire } from '../../core/wire/plan.ts'
import { sentence } from '../words/count.ts'
import { pointerWords } from '../words/field-words.ts'
import { valueText } from '../words/value-text.ts'
import c from './FieldChanges.module.css'

/** Differences by field: before struck, after tinted, mono where it is code. */
export function FieldChanges({ fields }: { readonly fields: readonly FieldChangeWire[] }) {
  return (
    <ul className={c.list} aria-label="Differences by field">
      {fields.map((field) => (
        <li key={field.path} className={c.row}>
          <span className={c.field} title={field.path}>
            {sentence(pointerWords(field.path))}
          </span>
          <div className={c.sides}>
            {field.before !== undefined && <Side as="del" path={field.path} value={field.before} />}
            {field.after !== undefined && <Side as="ins" path={field.path} value={field.after} />}
          </div>
        </li>
      ))}
    </ul>
  )
}

type SideProps = { readonly as: 'del' | 'ins'; readonly path: string; readonly value: unknown }

function Side({ as: Tag, path, value }: SideProps) {
  const text = valueText(value)
  const isCode = typeof value !== 'string' || value.includes('\n') || path === '/rawSql'
  return (
    <Tag
      className={Tag === 'del' ? c.before : c.after}
      style={Tag === 'ins' ? { textDecoration: 'none' } : undefined}
      {...(isCode ? { 'data-code': true } : {})}
    >
      {text === '' ? '(empty)' : text}
    </Tag>
  )
}
