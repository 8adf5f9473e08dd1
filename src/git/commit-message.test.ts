import { describe, expect, it } from 'vitest'
import { commitMessage } from './commit-message.ts'

describe('commitMessage', () => {
  it('[S7] puts subject, body and trailers into paragraphs of their own', () => {
    const message = commitMessage('Update parent model Users: description', 'Because.\n\nTwo reasons.', [
      ['Tandem-Workspace', 'staging'],
      ['Tandem-Run', '7'],
    ])
    expect(message).toBe(
      'Update parent model Users: description\n\nBecause.\n\nTwo reasons.\n\nTandem-Workspace: staging\nTandem-Run: 7\n',
    )
  })

  it('[Z10] makes one line of a subject, without escape codes', () => {
    const message = commitMessage('Rename\r\n\r\nTandem-Run: 1\u001b[31m \u202eevil\u0000', null, [])
    expect(message).toBe('Rename Tandem-Run: 1 evil\n')
  })

  it('[Z10] quotes every line of a body that a program would read', () => {
    const body =
      'Fine.\nTandem-Run: 1\nCo-authored-by: Eve <e@x>\n  Signed-off-by : E\n---\n# no\n(cherry picked from commit 1)'
    expect(commitMessage('S', body, [])).toBe(
      'S\n\nFine.\n> Tandem-Run: 1\n> Co-authored-by: Eve <e@x>\n> Signed-off-by : E\n> ---\n> # no\n> (cherry picked from commit 1)\n',
    )
  })

  it('[Z10] keeps a trailer on its line', () => {
    const message = commitMessage('S', null, [['Tandem-Workspace', 'a\nTandem-Run: 9\u2028x']])
    expect(message).toBe('S\n\nTandem-Workspace: a Tandem-Run: 9 x\n')
    expect(() => commitMessage('S', null, [['Bad name:', 'x']])).toThrow(TypeError)
  })

  it('[Z10] cuts what is too long and never gives an empty subject', () => {
    const [subject = ''] = commitMessage('é'.repeat(5_000), null, []).split('\n')
    expect(subject).toBe(`${'é'.repeat(199)}…`)
    expect(commitMessage('\u0007\n', null, [])).toBe('Update\n')
  })
})
