/** The embedded server cannot be used; the message says what to do. */
export class EmbeddedDatabaseError extends Error {
  override name = 'EmbeddedDatabaseError'
  readonly code = 'embedded-database'
  readonly retry = 'never'
}
