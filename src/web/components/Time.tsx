import { absoluteTime, relativeTime } from '../words/time.ts'

/** A moment, relative; whole and with its zone on hover. */
export function Time({ at }: { readonly at: string }) {
  return (
    <time dateTime={at} title={absoluteTime(at)}>
      {relativeTime(at, Date.now())}
    </time>
  )
}
