import { describe, expect, it } from 'vitest'
import { scrub } from './scrub.ts'

describe('scrub', () => {
  it('[Z4] takes out every secret, the longest first', () => {
    expect(scrub('bad abc and abcdef', ['abc', 'abcdef', ''])).toBe('bad *** and ***')
  })

  it('[Z4] takes out credentials that it was not told of', () => {
    expect(scrub("fatal: unable to access 'https://ann:pw@host/a'\nAuthorization: Basic eHg6eXk=", [])).toBe(
      "fatal: unable to access 'https://***@host/a'\nAuthorization: Basic ***",
    )
  })

  it('[Z10] takes out control codes and keeps lines', () => {
    expect(scrub('one\r\u001b[31mtwo\u0000\n\tthree\u0085', [])).toBe('one\ntwo\n\tthree')
  })
})
