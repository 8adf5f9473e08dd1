import 'react'

declare module 'react' {
  interface CSSProperties {
    /** The colour of a card's kind. */
    '--kind'?: string
  }
}
