import type { Run } from '../../core/wire/run.ts'
import { EXIT } from '../exit.ts'
import { printJson, printLine } from '../print.ts'
import { runLines } from './words.ts'

/** Prints how a run ended; a run that failed, is held or met conflicts needs a person: exit 1. */
export function reportRun(run: Run, { json }: { readonly json: boolean }): void {
  if (json) printJson(run)
  else for (const line of runLines(run)) printLine(line)
  if (['failed', 'held'].includes(run.state) || run.counts.conflicts > 0) process.exitCode = EXIT.findings
}
