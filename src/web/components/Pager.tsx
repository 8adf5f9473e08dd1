import { Button } from '@mantine/core'
import { useState } from 'react'
import t from './ResourceTable.module.css'

type Pages = {
  /** Where the page that is shown begins; null: at the newest. */
  readonly cursor: string | null
  /** Null on the first page. */
  readonly newer: (() => void) | null
  readonly older: (cursor: string) => void
}

/** The way through a list whose pages name the next one only: the way back is remembered here. */
export function usePages(): Pages {
  const [cursors, setCursors] = useState<readonly (string | null)[]>([null])
  return {
    cursor: cursors.at(-1) ?? null,
    newer: cursors.length > 1 ? () => setCursors(cursors.slice(0, -1)) : null,
    older: (cursor) => setCursors([...cursors, cursor]),
  }
}

export function Pager({ pages, next }: { readonly pages: Pages; readonly next: string | null }) {
  return (
    <div className={t.more}>
      {pages.newer !== null && (
        <Button size="xs" onClick={pages.newer}>
          Newer
        </Button>
      )}
      {next !== null && (
        <Button size="xs" onClick={() => pages.older(next)}>
          Older
        </Button>
      )}
    </div>
  )
}
