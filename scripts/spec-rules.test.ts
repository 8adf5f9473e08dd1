import { expect, it } from 'vitest'
import { compareSpec } from './spec-rules.ts'

const spec = { name: 'a.md', text: '- **[C1]** one\n- **[C2]** two\n- **[C3]** three\n\nOpen: C3.\n' }

it('[C2] every rule has a test or is open, every number in a title is a rule', () => {
  const tests = { name: 'x.test.ts', text: "it('[C1, C2] both', …)" }
  expect(compareSpec([spec], [tests])).toEqual({ rules: 3, tested: 2, open: ['C3'], problems: [] })
})

it('[C2] rules without a test and numbers without a rule are told with their file', () => {
  const titles = ['C1', 'C9'].map((id) => `test(\`[${id}] …\`, …)`).join('\n')
  expect(compareSpec([spec], [{ name: 'x.test.ts', text: titles }]).problems).toEqual([
    'x.test.ts: a test names the rule C9, which is in no file of docs/spec',
    'a.md: the rule C2 has no test and is not marked open',
  ])
})
