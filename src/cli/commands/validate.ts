import { type Command, Option } from 'commander'
import { lintRepository } from '../../core/lint/repository.ts'
import { EXIT } from '../exit.ts'
import { printJson, printLine } from '../print.ts'
import { readFolder } from '../read-folder.ts'
import { folderPrefix } from '../report/folder-prefix.ts'
import { githubReport } from '../report/github.ts'
import { sarifReport } from '../report/sarif.ts'
import { textReport } from '../report/text.ts'

type Options = {
  readonly ref?: string
  readonly format: 'text' | 'json' | 'github' | 'sarif'
  readonly workspace?: string
  readonly strict?: true
  readonly json?: true
}

export function register(program: Command): void {
  program
    .command('validate')
    .argument('[dir]', 'the folder of the repository that holds models/, schema/ and so on', '.')
    .option('--ref <commit>', 'read this commit of the folder instead of its files')
    .addOption(
      new Option('--format <format>', 'how to print')
        .choices(['text', 'json', 'github', 'sarif'])
        .default('text'),
    )
    .option('--json', 'the same as --format json')
    .option(
      '--workspace <slug>',
      'whose alias and manifest files count; without it any manifest may know a name',
    )
    .option('--strict', 'exit with 1 for warnings too')
    .summary('report every problem of a repository folder')
    .description(
      'Read a repository folder, offline, and report every problem with file, line and how to mend it.',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  $ tandem validate schema-repo\n  $ tandem validate --ref origin/main --workspace staging --format github\n',
    )
    .action(validate)
}

async function validate(dir: string, options: Options): Promise<void> {
  const files = options.ref === undefined ? await readFolder(dir) : await readFromCommit(dir, options.ref)
  const { files: count, resources, diagnostics } = lintRepository(files, { workspace: options.workspace })
  const result = { files: count, resources, diagnostics }
  switch (options.json === true ? 'json' : options.format) {
    case 'json':
      printJson(result)
      break
    case 'github':
      for (const line of githubReport(diagnostics, folderPrefix(dir))) printLine(line)
      break
    case 'sarif':
      printJson(sarifReport(diagnostics, folderPrefix(dir)))
      break
    case 'text':
      for (const line of textReport(result)) printLine(line)
  }
  const counts = options.strict === true ? ['error', 'warning'] : ['error']
  if (diagnostics.some(({ severity }) => counts.includes(severity))) process.exitCode = EXIT.findings
}

/** Git is loaded only when a commit is asked for. */
async function readFromCommit(dir: string, ref: string) {
  const { readCommit } = await import('../read-commit.ts')
  return readCommit(dir, ref)
}
