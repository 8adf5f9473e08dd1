/**
 * js-yaml counts a flow collection that begins a block twice (it is tried as a key first). The exact depth is
 * counted on the value; this bound only keeps the parser off the stack's end.
 */
export function parserDepth(depth: number): number {
  return 2 * depth + 10
}
