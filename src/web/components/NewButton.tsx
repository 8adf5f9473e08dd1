import { Button, Tooltip } from '@mantine/core'
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs'
import { Link } from '@tanstack/react-router'
import { KIND_WORDS, type Kind } from '../../core/model/kind.ts'
import { NEEDS_EDITOR, useRights, useWorkspace } from '../frame/use-workspace.ts'
import { paths } from '../paths.ts'

/** The way to a new resource; disabled with its reason for those who may not. */
export function NewButton({ kind }: { readonly kind: Kind }) {
  const ws = useWorkspace()
  const rights = useRights()
  const label = `New ${KIND_WORDS[kind]}`
  const icon = <IconPlus size={15} stroke={2} aria-hidden />
  if (rights.edit) {
    return (
      <Button variant="filled" leftSection={icon} component={Link} to={paths.create(ws, kind)}>
        {label}
      </Button>
    )
  }
  return (
    <Tooltip label={NEEDS_EDITOR}>
      <Button variant="filled" leftSection={icon} data-disabled aria-disabled>
        {label}
      </Button>
    </Tooltip>
  )
}
