import { Button, Menu, Select, TextInput } from '@mantine/core'
import IconDownload from '@tabler/icons-react/dist/esm/icons/IconDownload.mjs'
import { useQuery } from '@tanstack/react-query'
import { auditExportUrl, auditFacetsQuery } from '../api/audit.ts'
import { type AuditSearch, parseAuditSearch } from '../search.ts'
import c from './audit.module.css'
import { areaWord } from './audit-words.ts'

const DAYS = [
  { value: '1', label: 'Last 24 hours' },
  { value: '7', label: 'Last 7 days' },
  { value: '30', label: 'Last 30 days' },
  { value: '365', label: 'Last year' },
]

type Props = {
  readonly ws: string
  readonly search: AuditSearch
  readonly filter: URLSearchParams
  readonly onChange: (search: AuditSearch) => void
}

export function AuditFilters({ ws, search, filter, onChange }: Props) {
  const { data } = useQuery(auditFacetsQuery(ws))
  const set = (key: keyof AuditSearch, value: string | null) =>
    onChange(parseAuditSearch({ ...search, [key]: value ?? '' }))
  const areas = [...new Set((data?.actions ?? []).map((action) => action.split('.')[0] ?? action))]
  return (
    <search className={c.filters} aria-label="Filter the audit log">
      <Select
        aria-label="Who"
        placeholder="Anybody"
        data={(data?.people ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        value={search.person ?? null}
        onChange={(value) => set('person', value)}
        searchable
        clearable
      />
      <Select
        aria-label="What"
        placeholder="Any action"
        data={areas.map((area) => ({ value: area, label: areaWord(area) }))}
        value={search.area ?? null}
        onChange={(value) => set('area', value)}
        clearable
      />
      <TextInput
        aria-label="Resource"
        placeholder="Any resource"
        defaultValue={search.resource ?? ''}
        key={search.resource ?? ''}
        onBlur={(event) => set('resource', event.currentTarget.value.trim())}
        onKeyDown={(event) => {
          if (event.key === 'Enter') set('resource', event.currentTarget.value.trim())
        }}
      />
      <Select
        aria-label="When"
        placeholder="Any time"
        data={DAYS}
        value={search.days === undefined ? null : String(search.days)}
        onChange={(value) => set('days', value)}
        clearable
      />
      <Menu position="bottom-end">
        <Menu.Target>
          <Button leftSection={<IconDownload size={15} stroke={1.75} aria-hidden />}>Export</Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item component="a" href={auditExportUrl(ws, filter, 'csv')} download>
            As CSV, for a spreadsheet
          </Menu.Item>
          <Menu.Item component="a" href={auditExportUrl(ws, filter, 'json')} download>
            As JSON
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </search>
  )
}
