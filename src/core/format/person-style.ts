import { CST, Lexer } from 'yaml'

/** What a canonical text cannot hold. */
export type PersonStyle = { readonly comments: number; readonly anchors: number }

/** The comments and anchors of a text that reads as YAML. */
export function personStyle(text: string): PersonStyle {
  const count = { comments: 0, anchors: 0 }
  if (!/[#&]/.test(text)) return count
  let isScalar = false
  // A lone carriage return breaks lines for the reader, but not for this lexer.
  for (const token of new Lexer().lex(text.replace(/\r(?!\n)/g, '\n'))) {
    const type: CST.TokenType | null = isScalar ? null : CST.tokenType(token)
    // A scalar is announced by a token of its own.
    isScalar = token === CST.SCALAR
    if (type === 'comment') count.comments += 1
    if (type === 'anchor') count.anchors += 1
  }
  return count
}
