import { ActionIcon, Autocomplete, Button } from '@mantine/core'
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs'
import IconX from '@tabler/icons-react/dist/esm/icons/IconX.mjs'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { type KeyColumn, type KeySide, proposeKeys } from '../../core/relationships/propose-keys.ts'
import { columnsQuery } from '../api/sources.ts'
import f from '../components/form.module.css'
import { textOf } from '../words/resource-name.ts'
import { useFieldError } from './field-errors.ts'
import m from './measure.module.css'
import type { Joinable } from './RelationshipEditor.tsx'
import c from './relationship.module.css'
import {
  isBlankMapping,
  type Pair,
  pairsOf,
  queryOfModel,
  sharedFirst,
  withNewPair,
  withoutPair,
  withPair,
  withProposal,
} from './relationship.ts'
import type { Draft } from './use-draft.ts'

type Props = {
  readonly ws: string
  readonly draft: Draft
  /** Only a new relationship is proposed its columns. */
  readonly isNew: boolean
  readonly from: Joinable | undefined
  readonly to: Joinable | undefined
}

/** The columns of both sides, equal row by row. */
export function KeyPairs({ ws, draft, isNew, from, to }: Props) {
  const error = useFieldError('mapping')
  const fromSide = useColumns(ws, from)
  const toSide = useColumns(ws, to)
  const [fromColumns, toColumns] = [fromSide, toSide].map((columns) => columns.map(({ name }) => name)) as [
    string[],
    string[],
  ] // two in, two out
  const proposals = from && to && from !== to ? proposeKeys(sideOf(from, fromSide), sideOf(to, toSide)) : []
  const pairs = pairsOf(draft.value)
  const ends = from === undefined || to === undefined || from === to ? null : `${from.slug} ${to.slug}`
  const proposed = useRef<string | null>(null)
  useEffect(() => {
    // Once for two models: a pair that a person empties stays empty.
    if (!isNew || ends === null || proposed.current === ends) return
    const [best] = proposals
    if (best === undefined) return
    proposed.current = ends
    draft.change((value) => (isBlankMapping(value) ? withProposal(value, best) : value))
  }, [isNew, ends, proposals, draft.change])
  const others = proposals.filter(({ fromColumn, toColumn }) =>
    pairs.every((pair) => textOf(pair, 'fromColumn') !== fromColumn || textOf(pair, 'toColumn') !== toColumn),
  )
  const field = (at: number, key: keyof Pair) => ({
    value: textOf(pairs[at] ?? {}, key),
    onChange: (column: string) => draft.change((value) => withPair(value, at, key, column)),
    styles: { input: { fontFamily: 'var(--font-mono)', fontSize: 13 } },
    placeholder: 'Choose or type a column',
  })
  return (
    <div className={f.stack}>
      {pairs.map((_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a pair has no name of its own; its place is its identity
        <div key={i} className={c.pair}>
          <Autocomplete
            label={`${from?.name ?? 'From'} column`}
            data={sharedFirst(fromColumns, toColumns)}
            {...field(i, 'fromColumn')}
          />
          <span className={c.equals} aria-hidden>
            =
          </span>
          <Autocomplete
            label={`${to?.name ?? 'To'} column`}
            data={sharedFirst(toColumns, fromColumns)}
            {...field(i, 'toColumn')}
          />
          <ActionIcon
            aria-label={`Remove key pair ${i + 1}`}
            disabled={pairs.length === 1}
            onClick={() => draft.change((value) => withoutPair(value, i))}
          >
            <IconX size={15} />
          </ActionIcon>
        </div>
      ))}
      {others.length > 0 && (
        <div className={m.proposals}>
          Proposed:
          {others.map((proposal) => (
            <Button
              key={`${proposal.fromColumn} ${proposal.toColumn}`}
              size="compact-xs"
              variant="default"
              className="mono"
              title={proposal.why}
              onClick={() => draft.change((value) => withProposal(value, proposal))}
            >
              {proposal.fromColumn} = {proposal.toColumn}
            </Button>
          ))}
        </div>
      )}
      {error !== undefined && (
        <p role="alert" style={{ color: 'var(--red)' }}>
          {error}
        </p>
      )}
      <div>
        <Button
          size="xs"
          leftSection={<IconPlus size={13} aria-hidden />}
          onClick={() => draft.change(withNewPair)}
        >
          Add a key pair
        </Button>
      </div>
    </div>
  )
}

/** Live columns, each name once; none where the source cannot be asked. */
function useColumns(ws: string, end: Joinable | undefined): readonly KeyColumn[] {
  const query = end === undefined ? null : queryOfModel(end.model)
  const source = end === undefined ? '' : textOf(end.model, 'source')
  const columns = useQuery({
    ...columnsQuery(
      ws,
      source,
      query ?? { type: 'table', tableName: '' },
      end === undefined ? null : { type: 'saved', kind: end.kind, slug: end.slug },
    ),
    enabled: query !== null && source !== '',
  })
  if (query === null) return []
  return [...new Map(columns.data?.columns.map((column) => [column.name, column])).values()]
}

function sideOf({ slug, name, model }: Joinable, columns: readonly KeyColumn[]): KeySide {
  const primaryKey = textOf(model, 'primaryKey')
  return { names: [slug, name], primaryKey: primaryKey === '' ? null : primaryKey, columns }
}
