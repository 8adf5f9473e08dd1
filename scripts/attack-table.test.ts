import { expect, it } from 'vitest'
import { attacksOf, attackTable, withAttacks } from './attack-table.ts'

const title = (rules: string, words: string) => `it('${rules} ${words}', () => {})`
const tests = [
  { name: 'b.test.ts', text: title('[S13] [Z5]', 'two rules') },
  { name: 'a.test.ts', text: [title('[Z12, Z5]', "it\\'s <b>"), title('[S1]', 'none')].join('\n') },
]

it('[C2] finds every test of a security rule by its title, under each of its rules', () => {
  expect(attacksOf(tests)).toEqual([
    { rule: 'Z5', file: 'a.test.ts', title: "it's <b>" },
    { rule: 'Z5', file: 'b.test.ts', title: 'two rules' },
    { rule: 'Z12', file: 'a.test.ts', title: "it's <b>" },
  ])
})

it('[C2] a document that lists another set of tests is another document', () => {
  const table = attackTable(attacksOf(tests), new Map([['Z5', 'webhooks']]))
  const document = 'before\n<!-- attacks: by a script -->\nold\n<!-- end of attacks -->\nafter\n'
  const listed = withAttacks(document, table)
  expect(listed).toBe(
    "before\n<!-- attacks: by a script -->\n\n### Z5: webhooks\n\n- `a.test.ts`\n  - it's \\<b\\>\n- `b.test.ts`\n  - two rules\n\n### Z12: \n\n- `a.test.ts`\n  - it's \\<b\\>\n\n<!-- end of attacks -->\nafter\n",
  )
  expect(withAttacks(listed ?? '', table)).toBe(listed)
  expect(withAttacks(listed ?? '', attackTable(attacksOf(tests.slice(1)), new Map()))).not.toBe(listed)
  expect(withAttacks('no marks', table)).toBeNull()
})
