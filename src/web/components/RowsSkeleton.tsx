import { Skeleton } from '@mantine/core'
import { Delayed } from './Delayed.tsx'
import c from './skeletons.module.css'

const WIDTHS = ['34%', '22%', '41%', '28%', '37%', '25%', '31%', '44%']

export function RowsSkeleton({ rows = 8 }: { readonly rows?: number }) {
  return (
    <Delayed>
      <div className={c.rows}>
        {Array.from({ length: rows }, (_, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the rows are alike and never change places
          <div key={i} className={c.row}>
            <Skeleton height={16} width={16} />
            <Skeleton height={12} width={WIDTHS[i % WIDTHS.length] ?? '30%'} />
            <span className={c.grow} />
            <Skeleton height={18} width={76} radius={9} />
          </div>
        ))}
      </div>
    </Delayed>
  )
}
