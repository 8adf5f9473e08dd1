import { Button, Tooltip } from '@mantine/core'
import IconLock from '@tabler/icons-react/dist/esm/icons/IconLock.mjs'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { Run } from '../../core/wire/run.ts'
import { putBack, setAside } from '../api/git.ts'
import { ErrorNotice } from '../components/ErrorNotice.tsx'
import { NEEDS_EDITOR, useRights } from '../frame/use-workspace.ts'
import { paths } from '../paths.ts'
import { Diagnostics } from './Diagnostics.tsx'
import { faultyFiles } from './faulty-files.ts'
import c from './held.module.css'

/** A commit with errors, and the ways out that need nobody to edit a file (S14). */
export function BlockedWays({ ws, run }: { readonly ws: string; readonly run: Run }) {
  const rights = useRights()
  const client = useQueryClient()
  const navigate = useNavigate()
  const options = {
    onSuccess: (started: Run) => navigate({ to: paths.run(ws, started.id) }),
    onSettled: () => client.invalidateQueries({ queryKey: ['ws', ws, 'git'] }),
  }
  const back = useMutation({ mutationFn: () => putBack(ws), ...options })
  const aside = useMutation({ mutationFn: (file: string) => setAside(ws, file), ...options })
  const error = back.error ?? aside.error
  const faulty = faultyFiles(run)
  return (
    <section className={c.blocked} aria-label="A commit with errors">
      <h2 className={c.title}>
        <IconLock size={18} stroke={2} aria-hidden /> Nothing comes in from Git before this is mended.
      </h2>
      <p>
        Mend the files and push. Or put the last good version back: one commit, in your name, that undoes what
        is at fault and keeps the rest.
        {rights.admin &&
          ' Or set a faulty file aside: it is left alone until somebody changes it, and the rest comes in.'}
      </p>
      {error && <ErrorNotice error={error} />}
      <div className={c.ways}>
        <Tooltip label={NEEDS_EDITOR} disabled={rights.edit}>
          <Button
            loading={back.isPending}
            onClick={() => rights.edit && back.mutate()}
            {...(rights.edit ? {} : { 'data-disabled': true, 'aria-disabled': true })}
          >
            Put the last good version back
          </Button>
        </Tooltip>
      </div>
      <section aria-label="Diagnostics">
        <Diagnostics
          diagnostics={run.diagnostics}
          action={(file) =>
            rights.admin &&
            faulty.has(file) && (
              <Button
                size="xs"
                loading={aside.isPending && aside.variables === file}
                onClick={() => aside.mutate(file)}
                aria-label={`Set ${file} aside`}
              >
                Set this file aside
              </Button>
            )
          }
        />
      </section>
    </section>
  )
}
