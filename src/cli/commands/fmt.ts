import { join } from 'node:path'
import type { Command } from 'commander'
import pc from 'picocolors'
import { classifyPath } from '../../core/format/classify.ts'
import { DEFAULT_LIMITS } from '../../core/format/limits.ts'
import type { PersonStyle } from '../../core/format/person-style.ts'
import { readResource } from '../../core/format/read-file.ts'
import { reformat } from '../../core/format/reformat.ts'
import type { RepositoryFile } from '../../core/lint/repository.ts'
import type { Diagnostic } from '../../core/model/diagnostic.ts'
import { CliError, EXIT } from '../exit.ts'
import { plural, printJson, printLine, printNote } from '../print.ts'
import { readFolder } from '../read-folder.ts'
import { replaceFile } from '../replace-file.ts'
import { sentence } from '../report/text.ts'

type Options = { readonly check?: true; readonly all?: true; readonly json?: true }

type Outcome = { readonly path: string } & (
  | { readonly kind: 'canonical' }
  | { readonly kind: 'changed'; readonly text: string; readonly loses: string }
  | { readonly kind: 'left'; readonly why: string }
  | { readonly kind: 'broken'; readonly diagnostics: readonly Diagnostic[] }
)

export function register(program: Command): void {
  program
    .command('fmt')
    .argument('[dir]', 'the folder of the repository that holds models/, schema/ and so on', '.')
    .option('--check', 'change nothing, list the files that would change, and exit with 1 if there are any')
    .option('--all', 'print files with comments, anchors or unknown keys too, and say what is lost')
    .option('--json', 'print {files, wouldChange | changed, left} as JSON')
    .summary('print every file canonically')
    .description(
      'Print every resource file of a repository folder as the app writes it, offline. Values never change. A file with ' +
        'comments, anchors or unknown keys belongs to a person: it is left alone and listed apart. Manifest and alias ' +
        'files and everything that is not a resource are not touched.',
    )
    .addHelpText('after', '\nExamples:\n  $ tandem fmt schema-repo\n  $ tandem fmt --check --json\n')
    .action(fmt)
}

async function fmt(dir: string, options: Options): Promise<void> {
  const outcomes = (await readFolder(dir)).flatMap((file) => format(file, options.all === true))
  const changed = outcomes.filter((outcome) => outcome.kind === 'changed')
  if (options.check === undefined) {
    for (const { path, text } of changed) await write(join(dir, path), text)
  }
  const broken = outcomes.filter((outcome) => outcome.kind === 'broken')
  for (const { diagnostics } of broken) for (const diagnostic of diagnostics) printNote(sentence(diagnostic))
  if (options.json === true) printJson(jsonReport(outcomes, options))
  else for (const line of textReport(outcomes, options)) printLine(line)
  if (broken.length > 0 || (options.check === true && changed.length > 0)) process.exitCode = EXIT.findings
}

async function write(path: string, text: string): Promise<void> {
  try {
    await replaceFile(path, text)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new CliError(
      EXIT.usage,
      `Cannot write \`${path}\`: ${reason}.`,
      'Give yourself permission to write there.',
      {
        cause: error,
      },
    )
  }
}

/** Nothing for a guest: it is no business of ours (F4). */
function format({ path, text }: RepositoryFile, all: boolean): Outcome[] {
  const place = classifyPath(path)
  if (place.kind !== 'resource') return []
  const read = readResource(path, place.ref, text, DEFAULT_LIMITS)
  if (read.kind === 'guest') return []
  if (read.kind === 'broken' || text === null) {
    const errors = read.diagnostics.filter(({ severity }) => severity === 'error')
    return [{ path, kind: 'broken', diagnostics: errors }]
  }
  const result = reformat(place.ref.kind, text, read.value)
  if (result.kind === 'canonical') return [{ path, kind: 'canonical' }]
  if (result.kind === 'unprintable') {
    return [{ path, kind: 'left', why: 'its canonical text would not read back as the same value' }]
  }
  const lost = words(result.loses)
  const unknown = read.diagnostics.filter(({ code }) => code === 'unknown-key').length
  const owned = [...lost, ...(unknown === 0 ? [] : [plural(unknown, 'unknown key')])]
  if (owned.length > 0 && !all) return [{ path, kind: 'left', why: owned.join(', ') }]
  return [{ path, kind: 'changed', text: result.text, loses: lost.join(', ') }]
}

function words({ comments, anchors }: PersonStyle): string[] {
  return [
    ...(comments === 0 ? [] : [plural(comments, 'comment')]),
    ...(anchors === 0 ? [] : [plural(anchors, 'anchor')]),
  ]
}

/** `broken` only when there are some: otherwise the shape is that of C4 exactly. */
function jsonReport(outcomes: readonly Outcome[], { check }: Options) {
  const paths = (kind: Outcome['kind']) => outcomes.filter((one) => one.kind === kind).map(({ path }) => path)
  const broken = paths('broken')
  return {
    files: outcomes.length,
    [check === true ? 'wouldChange' : 'changed']: paths('changed'),
    left: paths('left'),
    ...(broken.length > 0 && { broken }),
  }
}

function textReport(outcomes: readonly Outcome[], { check }: Options): string[] {
  const verb = check === true ? 'would change' : 'changed'
  const count = (kind: Outcome['kind']) => outcomes.filter((one) => one.kind === kind).length
  const lines = outcomes.flatMap((outcome) => {
    // Names come from the repository: no line ends or escape codes of their own.
    const path = outcome.path.replace(/\p{Cc}/gu, '?')
    if (outcome.kind === 'changed') {
      const lost =
        outcome.loses === ''
          ? ''
          : pc.yellow(check === true ? ` (would lose ${outcome.loses})` : ` (lost ${outcome.loses})`)
      return [`${pc.green(verb)}  ${path}${lost}`]
    }
    return outcome.kind === 'left' ? [`${pc.dim('left alone')}  ${path} ${pc.dim(`(${outcome.why})`)}`] : []
  })
  const counts = [
    `${count('changed')} of ${plural(outcomes.length, 'file')} ${verb}`,
    ...(count('left') === 0 ? [] : [`${count('left')} left alone`]),
    ...(count('broken') === 0 ? [] : [`${count('broken')} with errors, not touched`]),
  ]
  return [...lines, `${counts.join(', ')}.`]
}
