import type { Command } from 'commander'
import { jsonSchema, SCHEMA_KINDS } from '../../core/format/json-schema.ts'
import { nearestNames } from '../../core/lint/nearest.ts'
import { CliError, EXIT } from '../exit.ts'
import { printJson } from '../print.ts'

export function register(program: Command): void {
  program
    .command('schema')
    .argument('[kind]', `one of ${SCHEMA_KINDS.join(', ')}; without it all of them, by kind`)
    .option('--json', 'print JSON (it always is)')
    .summary('print the JSON Schemas of the format')
    .description('Print the JSON Schema (2020-12) of a kind of file, for editors and CI.')
    .addHelpText('after', '\nExample:\n  $ tandem schema parent-models > parent-model.schema.json\n')
    .action(printSchema)
}

function printSchema(name: string | undefined): void {
  if (name === undefined) {
    printJson(Object.fromEntries(SCHEMA_KINDS.map((kind) => [kind, jsonSchema(kind)])))
    return
  }
  const kind = SCHEMA_KINDS.find((known) => known === name || known === `${name}s`)
  if (kind !== undefined) {
    printJson(jsonSchema(kind))
    return
  }
  const nearest = nearestNames(name, SCHEMA_KINDS)[0]
  const hint =
    nearest === undefined ? `Use one of ${SCHEMA_KINDS.join(', ')}.` : `Did you mean \`${nearest}\`?`
  throw new CliError(EXIT.usage, `There is no kind of file \`${name}\`.`, hint)
}
