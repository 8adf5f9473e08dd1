import { isObject } from '../../core/model/json.ts'
import { fieldWord } from '../words/field-words.ts'
import c from './conflicts.module.css'

type Props = {
  readonly value: unknown
  /** The value holds the keys of a group: these are shown, each on a line of its own. */
  readonly keys: readonly string[] | null
  /** The top-level key of the field. */
  readonly name: string
}

/** Texts of these are names in a warehouse, or code. */
const CODE: ReadonlySet<string> = new Set([
  'source',
  'rawSql',
  'tableName',
  'dbtModel',
  'primaryKey',
  'primaryLabel',
  'secondaryLabel',
  'eventTimestampColumn',
  'destination',
  'model',
])

/** What a side has in a field, to be read. */
export function SideValue({ value, keys, name }: Props) {
  if (value === undefined) return <em className={c.nothing}>nothing here</em>
  if (keys === null || !isObject(value)) return <Text value={value} code={CODE.has(name)} />
  const shown = keys.filter((key) => Object.hasOwn(value, key))
  if (shown.length === 0) return <em className={c.nothing}>nothing here</em>
  return (
    <dl className={c.keys}>
      {shown.map((key) => (
        <div key={key}>
          {keys.length > 1 && <dt>{fieldWord(key)}</dt>}
          <dd>
            <Text value={value[key]} code={CODE.has(key)} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Text({ value, code }: { readonly value: unknown; readonly code: boolean }) {
  if (value === '') return <em className={c.nothing}>empty</em>
  if (typeof value === 'string' && !code && !value.includes('\n'))
    return <span className={c.text}>{value}</span>
  return <code className={c.code}>{typeof value === 'string' ? value : JSON.stringify(value, null, 2)}</code>
}
