import { expect, it } from 'vitest'
import { githubReport } from './github.ts'

it('[Z10] nothing in a name of the repository begins another workflow command or property', () => {
  const lines = githubReport(
    [
      {
        code: 'unresolved-model',
        severity: 'error',
        message: 'There is no model a\n::set-output name=x::y\r\n::error::z 100%',
        file: 'models/a,line=9:b\n::warning::c.yaml',
        line: 1,
        column: 2,
        hint: null,
      },
    ],
    '',
  )
  expect(lines).toEqual([
    '::error file=models/a%2Cline=9%3Ab%0A%3A%3Awarning%3A%3Ac.yaml,line=1,col=2,title=unresolved-model::' +
      'There is no model a%0A::set-output name=x::y%0D%0A::error::z 100%25',
  ])
})
