import { CONNECTORS } from './config-fields.ts'

type Choice = { readonly value: string; readonly label: string }
type Group = { readonly group: string; readonly items: Choice[] }

/** What a person calls the types that are offered; any other type is kept under the word that names it. */
const SOURCES: Readonly<Record<string, string>> = {
  duckdb: 'DuckDB',
  postgres: 'PostgreSQL',
  mysql: 'MySQL',
  clickhouse: 'ClickHouse',
  snowflake: 'Snowflake',
  bigquery: 'BigQuery',
  databricks: 'Databricks',
  google_sheets: 'Google Sheets',
}
const DESTINATIONS: Readonly<Record<string, string>> = {
  hubspot: 'HubSpot',
  http: 'HTTP',
  salesforce: 'Salesforce',
  braze: 'Braze',
  google_ads: 'Google Ads',
  facebook: 'Facebook',
  slack: 'Slack',
  webhook: 'Webhook',
}

/** The types to choose from; a word that is set or being typed and none of them is a type of its own. */
export function typeChoices(kind: 'sources' | 'destinations', current: string, typed: string): Group[] {
  const known = kind === 'sources' ? SOURCES : DESTINATIONS
  const label = (value: string) => (Object.hasOwn(known, value) ? (known[value] ?? value) : value)
  const all = Object.keys(known).map((value) => ({ value, label: label(value) }))
  const own = [...new Set([current, typed.trim()])]
    .filter((value) => value !== '' && !all.some((one) => isCalled(one, value)))
    .map((value) => ({ value, label: value }))
  const [read, kept] = [
    all.filter(({ value }) => CONNECTORS.includes(value)),
    all.filter(({ value }) => !CONNECTORS.includes(value)),
  ]
  const groups =
    kind === 'sources'
      ? [
          { group: 'Tables and rows are read', items: read },
          { group: 'Kept by name and type, not read yet', items: kept },
        ]
      : [{ group: 'Destinations', items: all }]
  return own.length === 0 ? groups : [...groups, { group: 'Another type', items: own }]
}

function isCalled(choice: Choice, word: string): boolean {
  return choice.value === word || choice.label.toLowerCase() === word.toLowerCase()
}
