import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { load } from 'js-yaml'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { FIXTURES } from '../support/fixtures.ts'
import { programEnvironment } from '../support/program-environment.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const parse = <T>(schema: z.ZodType<T>, file: string): T =>
  schema.parse(load(readFileSync(join(ROOT, file), 'utf8')))

type Result = { readonly code: number | null; readonly stdout: string }
function run(program: string, args: readonly string[], env: Record<string, string>): Promise<Result> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: FIXTURES, env: programEnvironment(env) })
    let stdout = ''
    child.stdout.on('data', (data) => {
      stdout += data
    })
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, stdout }))
  })
}

const Action = z.object({
  inputs: z.record(z.string(), z.object({ description: z.string(), default: z.string() })),
  runs: z.object({
    using: z.literal('composite'),
    steps: z.tuple([
      z.object({ shell: z.literal('bash'), env: z.record(z.string(), z.string()), run: z.string() }),
    ]),
  }),
})

describe('the GitHub Action', () => {
  const { inputs, runs } = parse(Action, 'action.yml')
  const [step] = runs.steps

  /** As a runner does it: expressions are filled in, the script goes to `bash -e`. */
  function act(given: Record<string, string>): Promise<Result> {
    const values: Record<string, string> = { 'github.action_path': ROOT }
    for (const [name, { default: value }] of Object.entries(inputs))
      values[`inputs.${name}`] = given[name] ?? value
    const fill = (text: string) =>
      text.replaceAll(/\$\{\{ *([\w.]+) *\}\}/g, (_, name: string) => {
        const value = values[name]
        if (value === undefined) throw new Error(`a runner knows no ${name}`)
        return value
      })
    const env = Object.fromEntries(Object.entries(step.env).map(([name, value]) => [name, fill(value)]))
    return run('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', fill(step.run)], env)
  }

  it('[C2] passes a good schema, as the workspace that it is told', async () => {
    const { code, stdout } = await act({ directory: 'plant-store', workspace: 'staging', strict: 'true' })
    expect([code, stdout]).toEqual([0, ''])
  })

  it('[C2] fails a faulty one with an annotation at file and line', async () => {
    const { code, stdout } = await act({ directory: 'broken' })
    expect(code).toBe(1)
    expect(stdout.split('\n').find((line) => line.includes('bad-cardinality'))).toMatch(
      /^::error file=broken\/schema\/model-relationships\/bad-cardinality\.yaml,line=8,/,
    )
  })

  it('[C2] takes what is entered for text and not for a command', async () => {
    const { code, stdout } = await act({ directory: '$(echo plant-store); echo owned', workspace: '`id`' })
    expect([code, stdout.includes('owned\n'), stdout.includes('uid=')]).toEqual([2, false, false])
  })
})

const Pipeline = z.object({
  'tandem-validate': z.object({ variables: z.record(z.string(), z.string()), script: z.array(z.string()) }),
})

describe('the template for GitLab', () => {
  const { variables, script } = parse(Pipeline, 'gitlab-ci.yml')['tandem-validate']

  /** As a runner does it: the lines are one script for a shell. Instead of cloning, Tandem is found here. */
  async function act(given: Record<string, string>): Promise<Result> {
    const folder = temporaryFolder()
    const git = join(folder, 'git')
    writeFileSync(git, `#!/bin/sh\nfor place; do :; done\nexec ln -s '${ROOT}' "$place"\n`, { mode: 0o755 })
    const env = {
      ...variables,
      TANDEM_REPOSITORY: 'https://git.example.com/tandem.git',
      CI_JOB_ID: `test-${randomUUID()}`,
      ...given,
      PATH: `${folder}:${process.env.PATH}`,
    }
    try {
      return await run('sh', ['-ec', script.join('\n')], env)
    } finally {
      rmSync(`/tmp/tandem-${env.CI_JOB_ID}`, { force: true })
    }
  }

  it('[C2] passes a good schema, fails a faulty one, and takes what is entered for text', async () => {
    const good = await act({
      TANDEM_DIRECTORY: 'plant-store',
      TANDEM_WORKSPACE: 'staging',
      TANDEM_STRICT: 'true',
    })
    expect(good.code).toBe(0)
    const faulty = await act({ TANDEM_DIRECTORY: 'broken' })
    expect([faulty.code, faulty.stdout.includes('bad-cardinality.yaml')]).toEqual([1, true])
    const text = await act({ TANDEM_DIRECTORY: '$(echo plant-store); echo owned', TANDEM_WORKSPACE: '`id`' })
    expect([text.code, text.stdout.includes('owned\n'), text.stdout.includes('uid=')]).toEqual([
      2,
      false,
      false,
    ])
  })
})

const Hooks = z.array(
  z.object({
    id: z.string(),
    entry: z.string(),
    language: z.literal('script'),
    files: z.string(),
    pass_filenames: z.literal(false),
  }),
)

describe('the pre-commit hooks', () => {
  it('[C2] start what is there, which checks the folder that one is in', async () => {
    const hooks = parse(Hooks, '.pre-commit-hooks.yaml')
    expect(hooks.map(({ id }) => id)).toEqual(['tandem-validate', 'tandem-fmt'])
    for (const { entry } of hooks) {
      const [program = '', ...args] = entry.split(' ')
      expect(statSync(join(ROOT, program)).mode & 0o111).toBe(0o111)
      const dir = join(FIXTURES, 'plant-store')
      expect(await run(join(ROOT, program), [...args, '--', dir], {})).toMatchObject({ code: 0 })
    }
  })
})
