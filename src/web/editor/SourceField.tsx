import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { listQuery } from '../api/resources.ts'
import f from '../components/form.module.css'
import { paths } from '../paths.ts'
import { textOf } from '../words/resource-name.ts'
import { useFieldError } from './field-errors.ts'
import type { Draft } from './use-draft.ts'

type Props = {
  readonly ws: string
  readonly draft: Draft
  readonly kind: 'sources' | 'destinations'
  readonly label: string
}

/** A source or destination by name; one that a file names and nobody has stays readable. */
export function SourceField({ ws, draft, kind, label }: Props) {
  const key = kind === 'sources' ? 'source' : 'destination'
  const error = useFieldError(key)
  const list = useQuery(listQuery(ws, kind))
  const data = list.data ?? []
  const value = textOf(draft.value, key)
  const known = data.map((one) => ({
    value: one.slug,
    label: `${textOf(one, 'name') || one.slug} (${one.slug})`,
  }))
  const choices =
    value === '' || known.some((one) => one.value === value)
      ? known
      : [...known, { value, label: list.isPending ? value : `${value} (unknown here)` }]
  return (
    <div>
      <Select
        label={label}
        placeholder={`Choose a ${key}`}
        data={choices}
        value={value === '' ? null : value}
        onChange={(slug) => draft.set(key, slug ?? '')}
        error={error ?? null}
        searchable
        nothingFoundMessage="Nothing here is called that."
      />
      {list.data?.length === 0 && (
        <p className={f.hint}>
          There is no {key} yet.{' '}
          <Link to={paths.create(ws, kind)} className="link">
            Create one
          </Link>
        </p>
      )}
    </div>
  )
}
