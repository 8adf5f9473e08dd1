/** What did not come in time. */
export type TimedOut = { readonly kind: 'timed-out'; readonly seconds: number }

/**
 * Gives a piece of work so long and no longer. Its signal is aborted then; work that does not listen goes on
 * alone, and whatever it comes to is dropped.
 */
export async function within<T>(
  ms: number,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T | TimedOut> {
  const late = AbortSignal.timeout(ms)
  const given = AbortSignal.any([signal, late])
  const { promise, resolve, reject } = Promise.withResolvers<TimedOut>()
  const end = () =>
    late.aborted ? resolve({ kind: 'timed-out', seconds: ms / 1000 }) : reject(signal.reason)
  if (given.aborted) end()
  given.addEventListener('abort', end, { once: true })
  try {
    const running = work(given)
    // Once the time is over nobody listens to it any more, nor to its failure.
    running.catch(() => {})
    return await Promise.race([promise, running])
  } finally {
    given.removeEventListener('abort', end)
  }
}
