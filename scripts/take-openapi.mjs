// Takes what is used of the hosts' published API descriptions into test/support/hosts/<service>/openapi.json.
// GitHub's comes as OpenAPI; Gitea's in the form that the package gitea-js gives it: types made from its OpenAPI;
// GitLab's as the types of the client @gitbeaker/core; Bitbucket's as types made from its OpenAPI, in @coderabbitai/bitbucket;
// Azure DevOps' as the clients in azure-devops-extension-api. `node scripts/take-openapi.mjs gitlab` takes one alone.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readAzureClients } from './take-openapi/read-azure-clients.mjs'
import { readGitbeaker } from './take-openapi/read-gitbeaker.mjs'
import { readOpenapiTypescript } from './take-openapi/read-openapi-typescript.mjs'
import { readTypes } from './take-openapi/read-types.mjs'
import { AZURE_DEVOPS, BITBUCKET, BITBUCKET_ALSO, GITEA, GITHUB, GITLAB } from './take-openapi/used.mjs'

const PROSE = new Set([
  'description',
  'summary',
  'example',
  'examples',
  'externalDocs',
  'title',
  'deprecated',
])
const HOSTS = join(import.meta.dirname, '../test/support/hosts')

const TAKES = {
  github: () => ({
    'x-source': {
      package: '@octokit/openapi 23.0.2',
      of: 'https://github.com/github/rest-api-description',
      licence: 'MIT',
    },
    ...only(
      withPackage('@octokit/openapi@23.0.2', (read) => JSON.parse(read('generated/api.github.com.json'))),
      GITHUB,
    ),
  }),
  gitea: () => ({
    'x-source': { package: 'gitea-js 1.23.0', of: 'the API description of Gitea 1.23', licence: 'MIT' },
    ...only(
      withPackage('gitea-js@1.23.0', (read) => readTypes(read('dist/index.d.ts'))),
      GITEA,
    ),
  }),
  gitlab: () => ({
    'x-source': { package: '@gitbeaker/core 43.8.0', of: 'the types of a client of GitLab', licence: 'MIT' },
    ...only(
      withPackage('@gitbeaker/core@43.8.0', (read) =>
        readGitbeaker(read('dist/index.d.ts'), read('dist/index.mjs'), GITLAB),
      ),
      Object.keys(GITLAB),
    ),
  }),
  bitbucket: () => ({
    'x-source': {
      package: '@coderabbitai/bitbucket 1.1.4',
      of: 'the API description of Bitbucket Cloud',
      licence: 'Apache-2.0',
    },
    ...only(
      withPackage('@coderabbitai/bitbucket@1.1.4', (read) =>
        readOpenapiTypescript(read('dist/cloud/openapi/openapi-typescript.d.ts'), BITBUCKET, BITBUCKET_ALSO),
      ),
      BITBUCKET,
    ),
  }),
  'azure-devops': () => ({
    'x-source': {
      package: 'azure-devops-extension-api 5.276.0',
      of: "Microsoft's clients of Azure DevOps",
      licence: 'MIT',
    },
    ...only(withPackage('azure-devops-extension-api@5.276.0', readAzure), Object.keys(AZURE_DEVOPS)),
  }),
}

function readAzure(read) {
  const files = { Git: 'GitClient', Policy: 'PolicyClient', ServiceHooks: 'ServiceHooksClient' }
  const types = Object.entries(files).map(([folder, client]) =>
    [folder, client].map((name) => read(`${folder}/${name}.d.ts`)).join('\n'),
  )
  const clients = Object.entries(files).map(([folder, client]) => [
    client.replace('Client', 'RestClient'),
    { code: read(`${folder}/${client}.js`) },
  ])
  return readAzureClients(types.join('\n'), Object.fromEntries(clients), AZURE_DEVOPS)
}

const wanted = process.argv.slice(2)
for (const [service, take] of Object.entries(TAKES)) {
  if (wanted.length === 0 || wanted.includes(service)) write(service, take())
}

function withPackage(spec, read) {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-openapi-'))
  try {
    const file = execFileSync('npm', ['pack', '--silent', spec], { cwd: folder, encoding: 'utf8' }).trim()
    execFileSync('tar', ['xzf', file], { cwd: folder })
    return read((path) => readFileSync(join(folder, 'package', path), 'utf8'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The named operations, with every schema that they refer to, without prose and examples. */
function only({ paths, components }, used) {
  const picked = {}
  for (const line of used) {
    const [method, path] = line.split(' ')
    const operation = paths[path]?.[method.toLowerCase()]
    if (!operation) throw new Error(`${line} is not described`)
    const { parameters = [], requestBody, responses } = operation
    picked[path] = {
      ...picked[path],
      [method.toLowerCase()]: withoutProse({
        parameters: parameters.map((one) => resolved(components, one)),
        ...(requestBody ? { requestBody } : {}),
        responses: Object.fromEntries(
          Object.entries(responses).map(([status, one]) => [
            status,
            withoutHeaders(resolved(components, one)),
          ]),
        ),
      }),
    }
  }
  const schemas = {}
  const gather = (value) => {
    for (const name of JSON.stringify(value).matchAll(/#\/components\/schemas\/([^"]+)/g)) {
      if (schemas[name[1]]) continue
      schemas[name[1]] = withoutProse(components.schemas[name[1]])
      gather(schemas[name[1]])
    }
  }
  gather(picked)
  const sorted = Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1)))
  return { paths: picked, components: { schemas: sorted } }
}

function resolved(components, { $ref, ...rest }) {
  if ($ref === undefined) return rest
  const [, , kind, name] = $ref.split('/')
  return components[kind][name]
}

function withoutHeaders({ headers: _, ...response }) {
  return response
}

/** A property can be called `description`: only what is a text, or beside a schema's type, is prose. */
function withoutProse(value, isProperties = false) {
  if (Array.isArray(value)) return value.map((one) => withoutProse(one))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(
    ([key]) => isProperties || !(PROSE.has(key) || key.startsWith('x-')),
  )
  return Object.fromEntries(entries.map(([key, one]) => [key, withoutProse(one, key === 'properties')]))
}

function write(service, description) {
  const file = join(HOSTS, service, 'openapi.json')
  writeFileSync(file, `${JSON.stringify(description, null, 2)}\n`)
  execFileSync('npx', ['biome', 'format', '--write', file], { stdio: 'ignore' })
  console.log(`${file}: ${Object.keys(description.paths).length} paths`)
}
