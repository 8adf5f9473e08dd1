import { Skeleton } from '@mantine/core'
import { Delayed } from '../components/Delayed.tsx'
import c from './canvas.module.css'
import { positionOf } from './geometry.ts'

const GHOSTS = [
  { column: 0, row: 0 },
  { column: 1, row: 0 },
  { column: 2, row: 0 },
  { column: 0, row: 1 },
  { column: 1, row: 1 },
]

export function CanvasSkeleton() {
  return (
    <div className={c.skeleton}>
      <Delayed>
        {GHOSTS.map((slot) => {
          const { x, y } = positionOf(slot)
          return (
            <div key={`${x} ${y}`} className={c.ghost} style={{ left: x + 80, top: y + 80 }}>
              <Skeleton height="100%" radius={8} />
            </div>
          )
        })}
      </Delayed>
    </div>
  )
}
