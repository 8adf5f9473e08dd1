import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { argv } from 'node:process'
import { attacksOf, attackTable, withAttacks } from './attack-table.ts'
import { compareSpec, type NamedText } from './spec-rules.ts'

/** `--write` lists the tests of the security rules in docs/security.md anew; without it a stale list is a fault. */
const ROOT = join(import.meta.dirname, '..')
const SECURITY = join(ROOT, 'docs', 'security.md')

function read(folder: string, matches: (name: string) => boolean): NamedText[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && matches(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ name: relative(ROOT, path), text: readFileSync(path, 'utf8') }))
}

const RULES: ReadonlyMap<string, string> = new Map([
  ['Z1', 'git runs alone'],
  ['Z2', 'what is typed is parsed and rebuilt'],
  ['Z3', 'where the server may connect'],
  ['Z4', 'credentials'],
  ['Z5', 'webhooks'],
  ['Z6', 'a fetch is bounded'],
  ['Z7', 'hostile files'],
  ['Z8', 'people, roles, sessions and the audit log'],
  ['Z9', 'SQL previews'],
  ['Z10', 'messages, names and terminals'],
  ['Z11', "a fork's pull request"],
  ['Z12', 'secrets in resources'],
])

const isTest = (name: string) => /\.test\.tsx?$/.test(name)
const tests = [...read('src', isTest), ...read('test', isTest), ...read('scripts', isTest)]
const report = compareSpec(
  read('docs/spec', (name) => name.endsWith('.md')),
  tests,
)

const ours = tests.filter(({ name }) => name !== join('scripts', 'attack-table.test.ts'))
const document = readFileSync(SECURITY, 'utf8')
const listed = withAttacks(document, attackTable(attacksOf(ours), RULES))
if (listed !== null && argv.includes('--write')) writeFileSync(SECURITY, listed)
const stale =
  listed === document || argv.includes('--write')
    ? []
    : [
        'docs/security.md: its list of tests is not that of the tests there are. Run: node scripts/check-spec.ts --write',
      ]

const problems = [...report.problems, ...stale]
for (const line of problems) console.error(line)
console.log(
  `${report.rules} rules, ${report.tested} with tests, ${report.open.length} open: ${report.open.join(' ')}`,
)
if (problems.length > 0) process.exitCode = 1
