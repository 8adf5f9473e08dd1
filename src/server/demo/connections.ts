import type { Write } from '../../store/change-sets.ts'

/** Where the plant store's data comes from and goes to: one real warehouse, the rest by name only. */
export const DEMO_CONNECTIONS = (warehouse: string): readonly Write[] => [
  {
    kind: 'sources',
    slug: 'source-001',
    value: { name: 'Warehouse (staging)', type: 'duckdb', config: { path: warehouse } },
  },
  { kind: 'sources', slug: 'store-sheets', value: { name: 'Store sheets', type: 'google_sheets' } },
  { kind: 'destinations', slug: 'destination-002', value: { name: 'CRM sandbox', type: 'hubspot' } },
  { kind: 'destinations', slug: 'ops-webhook', value: { name: 'Ops webhook', type: 'http' } },
]
