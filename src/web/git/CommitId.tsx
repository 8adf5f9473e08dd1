import { ActionIcon, CopyButton } from '@mantine/core'
import IconCheck from '@tabler/icons-react/dist/esm/icons/IconCheck.mjs'
import IconCopy from '@tabler/icons-react/dist/esm/icons/IconCopy.mjs'
import { useQuery } from '@tanstack/react-query'
import { connectionQuery } from '../api/git.ts'
import { useWorkspace } from '../frame/use-workspace.ts'
import { commitUrl } from '../words/commit-url.ts'
import c from './CommitId.module.css'
import { shortOid } from './git-words.ts'

/** A commit by its short id: a link where the repository's host has a page for it, else with a way to copy it. */
export function CommitId({ oid }: { readonly oid: string }) {
  const ws = useWorkspace()
  const { data: connection } = useQuery(connectionQuery(ws))
  const page = connection ? commitUrl(connection, oid) : null
  if (page !== null) {
    return (
      <a href={page} className="link mono" title={oid} target="_blank" rel="noreferrer">
        {shortOid(oid)}
      </a>
    )
  }
  return (
    <span className={c.id}>
      <code title={oid}>{shortOid(oid)}</code>
      <CopyButton value={oid}>
        {({ copied, copy }) => (
          <ActionIcon
            size={22}
            onClick={copy}
            aria-label={copied ? 'Copied' : `Copy the commit id ${shortOid(oid)}`}
          >
            {copied ? <IconCheck size={13} aria-hidden /> : <IconCopy size={13} aria-hidden />}
          </ActionIcon>
        )}
      </CopyButton>
    </span>
  )
}
