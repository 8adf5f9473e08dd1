import IconChecklist from '@tabler/icons-react/dist/esm/icons/IconChecklist.mjs'
import IconCube from '@tabler/icons-react/dist/esm/icons/IconCube.mjs'
import IconDatabase from '@tabler/icons-react/dist/esm/icons/IconDatabase.mjs'
import IconGitBranch from '@tabler/icons-react/dist/esm/icons/IconGitBranch.mjs'
import IconGitMerge from '@tabler/icons-react/dist/esm/icons/IconGitMerge.mjs'
import IconHistory from '@tabler/icons-react/dist/esm/icons/IconHistory.mjs'
import IconKey from '@tabler/icons-react/dist/esm/icons/IconKey.mjs'
import IconListDetails from '@tabler/icons-react/dist/esm/icons/IconListDetails.mjs'
import IconRefresh from '@tabler/icons-react/dist/esm/icons/IconRefresh.mjs'
import IconSend from '@tabler/icons-react/dist/esm/icons/IconSend.mjs'
import IconSitemap from '@tabler/icons-react/dist/esm/icons/IconSitemap.mjs'
import IconStack2 from '@tabler/icons-react/dist/esm/icons/IconStack2.mjs'
import IconTrash from '@tabler/icons-react/dist/esm/icons/IconTrash.mjs'
import IconUsers from '@tabler/icons-react/dist/esm/icons/IconUsers.mjs'
import IconVersions from '@tabler/icons-react/dist/esm/icons/IconVersions.mjs'
import type { FunctionComponent } from 'react'
import type { GitStatus } from '../../core/wire/git.ts'
import { paths } from '../paths.ts'

export type RailItem = {
  readonly label: string
  readonly Icon: FunctionComponent<{ size?: number; stroke?: number }>
  readonly to: (ws: string) => string
  /** Lights up on this URL only, not on those under it. */
  readonly exact?: true
  /** How many wait there for a person. */
  readonly waiting?: (status: GitStatus) => number
}
export type RailGroup = { readonly label: string; readonly items: readonly RailItem[] }

export const RAIL: readonly RailGroup[] = [
  {
    label: 'Studio',
    items: [
      { label: 'Schema', Icon: IconSitemap, to: paths.schema },
      { label: 'Models', Icon: IconCube, to: (ws) => paths.list(ws, 'models') },
      { label: 'Syncs', Icon: IconRefresh, to: (ws) => paths.list(ws, 'syncs') },
      { label: 'Deleted', Icon: IconTrash, to: paths.deleted },
    ],
  },
  {
    label: 'Data',
    items: [
      { label: 'Sources', Icon: IconDatabase, to: (ws) => paths.list(ws, 'sources') },
      { label: 'Destinations', Icon: IconSend, to: (ws) => paths.list(ws, 'destinations') },
    ],
  },
  {
    label: 'Version control',
    items: [
      { label: 'Overview', Icon: IconGitBranch, to: paths.git, exact: true },
      { label: 'Runs', Icon: IconHistory, to: paths.runs },
      {
        label: 'Conflicts',
        Icon: IconGitMerge,
        to: paths.conflicts,
        waiting: ({ conflicts }) => conflicts,
      },
      { label: 'History', Icon: IconVersions, to: paths.history },
      { label: 'Environments', Icon: IconStack2, to: paths.environments },
      { label: 'Checklist', Icon: IconChecklist, to: paths.checklist },
    ],
  },
  {
    label: 'Settings',
    items: [
      { label: 'Members', Icon: IconUsers, to: paths.members },
      { label: 'API keys', Icon: IconKey, to: paths.apiKeys },
      { label: 'Audit log', Icon: IconListDetails, to: paths.audit },
    ],
  },
]
