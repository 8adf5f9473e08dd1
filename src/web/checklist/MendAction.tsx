import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { DoctorMend } from '../../core/wire/doctor.ts'
import {
  changeConnection,
  copySource,
  getAliases,
  putAliases,
  renameResource,
  switchGitSyncOn,
} from '../api/doctor.ts'
import { sync } from '../api/git.ts'
import { NEEDS_ADMIN, NEEDS_EDITOR, useRights } from '../frame/use-workspace.ts'
import { paths } from '../paths.ts'
import { AddAlias } from './AddAlias.tsx'
import { MendButton } from './MendButton.tsx'

type Props = { readonly ws: string; readonly mend: DoctorMend }

/** The click that mends it, where there is one. */
export function MendAction({ ws, mend }: Props) {
  const rights = useRights()
  const forEditors = rights.edit ? null : NEEDS_EDITOR
  switch (mend.kind) {
    case 'switch-on':
      return (
        <MendButton
          label="Switch Git Sync on"
          refused={rights.admin ? null : NEEDS_ADMIN}
          run={() => switchGitSyncOn(ws)}
        />
      )
    case 'connect':
      return <PageLink label="Connection" to={paths.connect(ws)} />
    case 'sync':
      return <MendButton label="Sync now" refused={forEditors} run={() => sync(ws, { waitSeconds: 60 })} />
    case 'save-aliases':
      return (
        <MendButton
          label="Save aliases"
          refused={forEditors}
          run={async () => putAliases(ws, await getAliases(ws))}
        />
      )
    case 'rename': {
      const { resource, slug, to } = mend
      return (
        <MendButton
          label={`Rename to ${to}`}
          fullLabel={`Rename ${slug} to ${to}`}
          refused={forEditors}
          run={() => renameResource(ws, resource, slug, to)}
        />
      )
    }
    case 'share':
      return (
        <MendButton
          label="Share it"
          fullLabel={`Share the branch and path of ${mend.workspace}`}
          refused={mend.workspace === ws && !rights.admin ? NEEDS_ADMIN : null}
          run={() => changeConnection(mend.workspace, { shared: true })}
        />
      )
    case 'switch-branch':
      return (
        <MendButton
          label={`Use ${mend.branch}`}
          fullLabel={`Use the branch ${mend.branch}`}
          refused={rights.admin ? null : NEEDS_ADMIN}
          run={() => changeConnection(ws, { branch: mend.branch })}
        />
      )
    case 'conflicts':
      return <PageLink label="Conflicts" to={paths.conflicts(ws)} />
    case 'run':
      return <PageLink label="Open run" to={paths.run(ws, mend.run)} />
    case 'source':
      return <PageLink label="Open source" to={paths.resource(mend.workspace, 'sources', mend.slug)} />
    case 'copy-source': {
      const { from, slug, to } = mend
      return (
        <MendButton
          label={`Copy to ${to}`}
          fullLabel={`Copy the source ${slug} to ${to}`}
          refused={null}
          run={() => copySource(from, slug, to)}
        />
      )
    }
    case 'add-alias':
      return <AddAlias ws={ws} mend={mend} />
  }
}

function PageLink({ label, to }: { readonly label: string; readonly to: string }) {
  return (
    <Button size="xs" component={Link} to={to}>
      {label}
    </Button>
  )
}
