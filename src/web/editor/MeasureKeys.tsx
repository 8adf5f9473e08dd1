import { Button } from '@mantine/core'
import IconAlertTriangle from '@tabler/icons-react/dist/esm/icons/IconAlertTriangle.mjs'
import IconCheck from '@tabler/icons-react/dist/esm/icons/IconCheck.mjs'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { percent } from '../../core/relationships/measure-keys.ts'
import type { MeasureRelationship, RelationshipMeasure } from '../../core/wire/relationship.ts'
import { measureQuery } from '../api/relationships.ts'
import { ErrorNotice } from '../components/ErrorNotice.tsx'
import f from '../components/form.module.css'
import { count } from '../words/count.ts'
import c from './measure.module.css'

type Props = {
  readonly ws: string
  /** Null while something is missing to measure by. */
  readonly ask: MeasureRelationship | null
  readonly names: { readonly from: string; readonly to: string }
}

/** What the data says of the key pairs and the cardinality (W3), on request: it reads both models. */
export function MeasureKeys({ ws, ask, names }: Props) {
  const [asked, setAsked] = useState<string | null>(null)
  const now = ask === null ? null : JSON.stringify(ask)
  const isAsked = ask !== null && asked === now
  const query = useQuery({
    ...measureQuery(ws, ask ?? EMPTY),
    enabled: isAsked,
  })
  return (
    <section className={f.section} aria-label="What the data says">
      <h2>What the data says</h2>
      {isAsked && query.data !== undefined ? (
        <Measured measure={query.data} names={names} />
      ) : (
        <>
          <p className={f.hint}>
            Counts the keys of both models in their warehouses: how many find a partner, and how often one
            repeats.
          </p>
          {isAsked && query.error && <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />}
          <div>
            <Button
              size="xs"
              loading={isAsked && query.isFetching}
              disabled={ask === null}
              onClick={() => setAsked(now)}
            >
              Measure
            </Button>
          </div>
        </>
      )}
    </section>
  )
}

/** Never sent: the question is off without one. */
const EMPTY: MeasureRelationship = {
  from: { kind: 'parent-models', slug: '' },
  to: { kind: 'parent-models', slug: '' },
  cardinality: '1:1',
  mapping: [],
}

const REAL: Readonly<Record<NonNullable<RelationshipMeasure['cardinality']>, string>> = {
  '1:1': 'one to one',
  '1:many': 'one to many',
  'many:1': 'many to one',
  'many:many': 'many to many',
}

function Measured({
  measure,
  names,
}: {
  readonly measure: RelationshipMeasure
  readonly names: Props['names']
}) {
  const { from, to, cardinality, warnings } = measure
  return (
    <div className={c.measured} role="status">
      <table className={c.table} aria-label="Measured keys">
        <thead>
          <tr>
            <th scope="col">Model</th>
            <th scope="col">Find a partner</th>
            <th scope="col">Different keys</th>
            <th scope="col">Without a key</th>
            <th scope="col">Type</th>
          </tr>
        </thead>
        <tbody>
          <Side name={names.from} side={from} />
          <Side name={names.to} side={to} />
        </tbody>
      </table>
      <p>
        {cardinality === null
          ? 'There are too few rows with a key to tell the cardinality.'
          : `The rows are ${REAL[cardinality]}${from.complete && to.complete ? '' : ', as far as they were read'}.`}
      </p>
      {warnings.length === 0 ? (
        <p className={c.fine}>
          <IconCheck size={15} stroke={2} aria-hidden /> Nothing contradicts what is declared.
        </p>
      ) : (
        <ul className={c.warnings} aria-label="Warnings">
          {warnings.map(({ code, message }) => (
            <li key={code + message}>
              <IconAlertTriangle size={15} stroke={2} aria-hidden />
              <span>{message}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function Side({ name, side }: { readonly name: string; readonly side: RelationshipMeasure['from'] }) {
  return (
    <tr>
      <th scope="row">
        {name}
        <span>{side.complete ? count(side.rows, 'row') : `the first ${count(side.rows, 'row')}`}</span>
      </th>
      <td>{side.matched === null ? 'not known' : percent(side.matched)}</td>
      <td>{side.keys.toLocaleString('en')}</td>
      <td>{side.missing.toLocaleString('en')}</td>
      <td>
        <code>{side.types.join(', ')}</code>
      </td>
    </tr>
  )
}
