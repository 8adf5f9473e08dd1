import { Button, Tooltip } from '@mantine/core'
import IconArrowForwardUp from '@tabler/icons-react/dist/esm/icons/IconArrowForwardUp.mjs'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { mendReferences } from '../api/git.ts'
import { ErrorNotice } from '../components/ErrorNotice.tsx'
import { NEEDS_EDITOR, useRights } from '../frame/use-workspace.ts'
import { paths } from '../paths.ts'
import { count } from '../words/count.ts'
import c from './held.module.css'

/** Files that use the old name of a renamed resource, and the commit that mends them (S18). */
export function OldNames({ ws, files }: { readonly ws: string; readonly files: number }) {
  const rights = useRights()
  const client = useQueryClient()
  const navigate = useNavigate()
  const mend = useMutation({
    mutationFn: () => mendReferences(ws),
    onSuccess: (run) => navigate({ to: paths.run(ws, run.id) }),
    onSettled: () => client.invalidateQueries({ queryKey: ['ws', ws, 'git'] }),
  })
  return (
    <section className={c.held} aria-label="Old names">
      <h2 className={c.title}>
        <IconArrowForwardUp size={18} stroke={2} aria-hidden /> {count(files, 'file')} in Git{' '}
        {files === 1 ? 'uses' : 'use'} the old name of a renamed resource.
      </h2>
      <p>
        The old name still leads to the resource, until something else takes it. Mending writes the present
        name into {files === 1 ? 'this file' : 'these files'}, by one commit in your name, and changes nothing
        else.
      </p>
      {mend.error && <ErrorNotice error={mend.error} />}
      <div className={c.ways}>
        <Tooltip label={NEEDS_EDITOR} disabled={rights.edit}>
          <Button
            loading={mend.isPending}
            onClick={() => rights.edit && mend.mutate()}
            {...(rights.edit ? {} : { 'data-disabled': true, 'aria-disabled': true })}
          >
            Mend references
          </Button>
        </Tooltip>
      </div>
    </section>
  )
}
