/** Worked out when somebody asks, and then kept. */
export function once<T>(workOut: () => T): () => T {
  let kept: { readonly value: T } | null = null
  return () => {
    kept ??= { value: workOut() }
    return kept.value
  }
}
