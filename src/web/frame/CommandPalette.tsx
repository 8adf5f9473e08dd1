import { Modal } from '@mantine/core'
import { useQueries } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, useId, useState } from 'react'
import { FILE_KINDS, type Kind } from '../../core/model/kind.ts'
import { useNames } from '../api/names.ts'
import { listQuery } from '../api/resources.ts'
import { KindIcon } from '../components/KindIcon.tsx'
import { nameOf } from '../words/resource-name.ts'
import c from './CommandPalette.module.css'
import { type Command, commandsOf, matching, resourceCommand } from './commands.ts'
import { useRights, useWorkspace } from './use-workspace.ts'

const SEARCHED: readonly Kind[] = [
  ...FILE_KINDS.filter((kind) => !kind.includes('contract')),
  'sources',
  'destinations',
]
const MOST = 40

type Props = { readonly opened: boolean; readonly onClose: () => void }

export function CommandPalette({ opened, onClose }: Props) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      withCloseButton={false}
      centered={false}
      yOffset="12vh"
      size={600}
      padding={0}
      aria-label="Search and commands"
      styles={{ body: { padding: 0 } }}
    >
      <Palette onClose={onClose} />
    </Modal>
  )
}

function Palette({ onClose }: { readonly onClose: () => void }) {
  const ws = useWorkspace()
  const rights = useRights()
  const navigate = useNavigate()
  const listId = useId()
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState(0)
  const lists = useQueries({ queries: SEARCHED.map((kind) => listQuery(ws, kind)) })
  const names = useNames(ws, 'syncs')
  const resources = lists.flatMap((list, i) => {
    const kind = SEARCHED[i]
    return kind
      ? (list.data ?? []).map((one) => resourceCommand(ws, kind, one.slug, nameOf(kind, one, names)))
      : []
  })
  const found = matching([...resources, ...commandsOf(ws, rights)], typed, MOST)
  const go = (command: Command | undefined) => {
    if (command === undefined) return
    onClose()
    void navigate({ to: command.to })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) {
      event.preventDefault()
      const next = Math.max(0, Math.min(found.length - 1, chosen + step))
      setChosen(next)
      document.getElementById(`${listId}-${next}`)?.scrollIntoView({ block: 'nearest' })
    } else if (event.key === 'Enter') {
      event.preventDefault()
      go(found[chosen])
    }
  }
  return (
    <>
      <input
        className={c.input}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          setChosen(0)
        }}
        onKeyDown={onKeyDown}
        placeholder="Search resources, pages and commands"
        aria-label="Search resources, pages and commands"
        role="combobox"
        aria-expanded
        aria-controls={listId}
        aria-activedescendant={`${listId}-${chosen}`}
        data-autofocus
      />
      <div id={listId} role="listbox" aria-label="Results" className={c.list}>
        {found.map((command, i) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox above holds the focus and handles Enter
          <div
            key={command.id}
            id={`${listId}-${i}`}
            role="option"
            tabIndex={-1}
            aria-selected={i === chosen}
            className={c.option}
            onClick={() => go(command)}
            onMouseMove={() => setChosen(i)}
          >
            {command.kind === null ? <span className={c.blank} /> : <KindIcon kind={command.kind} />}
            <span className={c.label}>{command.label}</span>
            <span className={c.detail}>{command.detail}</span>
          </div>
        ))}
        {found.length === 0 && <p className={c.none}>Nothing here is called “{typed}”.</p>}
      </div>
    </>
  )
}
