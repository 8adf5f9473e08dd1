/** F20: what one file, and one workspace, may cost the reader. Each is a setting; the diagnostic names the one that was passed. */
export type Limits = {
  /** Bytes of one file, as UTF-8. */
  readonly fileBytes: number
  /** Levels of lists and mappings in one another. */
  readonly depth: number
  /** Nodes that aliases (`*name`) make in one file, not alias tokens. */
  readonly aliasExpansions: number
  readonly resources: number
}

export const DEFAULT_LIMITS: Limits = {
  fileBytes: 1024 * 1024,
  depth: 100,
  aliasExpansions: 100,
  resources: 250_000,
}
