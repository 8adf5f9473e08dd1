import { Button, Menu, Tooltip } from '@mantine/core'
import IconChevronDown from '@tabler/icons-react/dist/esm/icons/IconChevronDown.mjs'
import { Link } from '@tanstack/react-router'
import type { Kind } from '../../core/model/kind.ts'
import { KindIcon } from '../components/KindIcon.tsx'
import { NEEDS_EDITOR, useRights } from '../frame/use-workspace.ts'
import { paths } from '../paths.ts'
import c from './NewMenu.module.css'

const CHOICES: readonly { readonly kind: Kind; readonly label: string; readonly means: string }[] = [
  { kind: 'parent-models', label: 'Parent model', means: 'Who the schema is about: users, accounts' },
  { kind: 'related-models', label: 'Related model', means: 'What belongs to them: purchases, plans' },
  { kind: 'event-models', label: 'Event model', means: 'What happened, with a time' },
  { kind: 'model-relationships', label: 'Relationship', means: 'Which columns join two models' },
]

export function NewMenu({ ws }: { readonly ws: string }) {
  const rights = useRights()
  const button = (
    <Button
      variant="filled"
      rightSection={<IconChevronDown size={14} aria-hidden />}
      {...(rights.edit ? {} : { 'data-disabled': true, 'aria-disabled': true })}
    >
      New
    </Button>
  )
  if (!rights.edit) return <Tooltip label={NEEDS_EDITOR}>{button}</Tooltip>
  return (
    <Menu position="bottom-end" width={304}>
      <Menu.Target>{button}</Menu.Target>
      <Menu.Dropdown>
        {CHOICES.map(({ kind, label, means }) => (
          <Menu.Item
            key={kind}
            component={Link}
            to={paths.create(ws, kind)}
            leftSection={<KindIcon kind={kind} />}
            aria-label={label}
          >
            <span className={c.label}>{label}</span>
            <span className={c.means}>{means}</span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
