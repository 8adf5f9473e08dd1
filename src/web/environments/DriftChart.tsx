import { type KeyboardEvent, type PointerEvent, useState } from 'react'
import type { EnvironmentDrift } from '../../core/wire/environments.ts'
import c from './Drift.module.css'
import { dayWords, differedOn } from './drift-words.ts'

type Props = { readonly days: EnvironmentDrift['days'] }

const HEIGHT = 80
/** Thousandths of the width: the picture is as wide as its place. */
const WIDTH = 1000

/** A bar a day. One of them is told in words: by hovering, or with the arrow keys as a slider is moved. */
export function DriftChart({ days }: Props) {
  const last = days.length - 1
  const [chosen, choose] = useState(last)
  const at = Math.min(chosen, last)
  const day = days[at]
  const most = Math.max(1, ...days.map(({ differing }) => differing))
  const step = WIDTH / days.length
  if (day === undefined) return null
  const onKeyDown = (event: KeyboardEvent) => {
    const to = moved(event.key, at, last)
    if (to === null) return
    event.preventDefault()
    choose(Math.max(0, Math.min(last, to)))
  }
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect()
    const place = Math.floor(((event.clientX - left) / width) * days.length)
    choose(Math.max(0, Math.min(last, place)))
  }
  return (
    <figure className={c.figure}>
      <figcaption className={c.told}>{differedOn(day)}</figcaption>
      <div
        className={c.plot}
        role="slider"
        tabIndex={0}
        aria-label="Day"
        aria-valuemin={1}
        aria-valuemax={days.length}
        aria-valuenow={at + 1}
        aria-valuetext={differedOn(day)}
        onKeyDown={onKeyDown}
        onPointerMove={onPointerMove}
        onPointerDown={onPointerMove}
        onPointerLeave={() => choose(last)}
      >
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
          {days.map(({ day: one, differing }, i) => {
            const height = Math.max(differing === 0 ? 1 : 3, (differing / most) * HEIGHT)
            return (
              <rect
                key={one}
                className={i === at ? c.chosen : c.bar}
                x={i * step + step * 0.12}
                width={step * 0.76}
                y={HEIGHT - height}
                height={height}
              />
            )
          })}
        </svg>
      </div>
      <div className={c.ends} aria-hidden="true">
        <span>{dayWords(days[0]?.day ?? day.day)}</span>
        <span>today</span>
      </div>
    </figure>
  )
}

function moved(key: string, at: number, last: number): number | null {
  if (key === 'ArrowLeft' || key === 'ArrowDown') return at - 1
  if (key === 'ArrowRight' || key === 'ArrowUp') return at + 1
  if (key === 'PageDown') return at - 7
  if (key === 'PageUp') return at + 7
  if (key === 'Home') return 0
  return key === 'End' ? last : null
}
