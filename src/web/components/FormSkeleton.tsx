import { Skeleton } from '@mantine/core'
import { Delayed } from './Delayed.tsx'
import c from './skeletons.module.css'

export function FormSkeleton({ fields = 5 }: { readonly fields?: number }) {
  return (
    <Delayed>
      <div className={c.form}>
        <Skeleton height={24} width={220} />
        {Array.from({ length: fields }, (_, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the fields are alike and never change places
          <div key={i} className={c.field}>
            <Skeleton height={11} width={96} />
            <Skeleton height={34} />
          </div>
        ))}
      </div>
    </Delayed>
  )
}
