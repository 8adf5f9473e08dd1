import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { compareSpec, type NamedText } from './spec-rules.ts'

const ROOT = join(import.meta.dirname, '..')

function read(folder: string, matches: (name: string) => boolean): NamedText[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && matches(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ name: relative(ROOT, path), text: readFileSync(path, 'utf8') }))
}

const isTest = (name: string) => /\.test\.tsx?$/.test(name)
const report = compareSpec(
  read('docs/spec', (name) => name.endsWith('.md')),
  [...read('src', isTest), ...read('test', isTest), ...read('scripts', isTest)],
)

for (const line of report.problems) console.error(line)
console.log(
  `${report.rules} rules, ${report.tested} with tests, ${report.open.length} open: ${report.open.join(' ')}`,
)
if (report.problems.length > 0) process.exitCode = 1
