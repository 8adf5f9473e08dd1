import { ActionIcon, Tooltip } from '@mantine/core'
import IconFocusCentered from '@tabler/icons-react/dist/esm/icons/IconFocusCentered.mjs'
import IconLayoutDistributeHorizontal from '@tabler/icons-react/dist/esm/icons/IconLayoutDistributeHorizontal.mjs'
import IconMinus from '@tabler/icons-react/dist/esm/icons/IconMinus.mjs'
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs'
import { useReactFlow } from '@xyflow/react'
import c from './canvas.module.css'

type Props = { readonly onArrange: () => void; readonly onShowAll: () => void }

export function CanvasTools({ onArrange, onShowAll }: Props) {
  const flow = useReactFlow()
  const tools = [
    { label: 'Zoom in', Icon: IconPlus, run: () => flow.zoomIn({ duration: 140 }) },
    { label: 'Zoom out', Icon: IconMinus, run: () => flow.zoomOut({ duration: 140 }) },
    { label: 'Show all', Icon: IconFocusCentered, run: onShowAll },
    { label: 'Arrange again', Icon: IconLayoutDistributeHorizontal, run: onArrange },
  ]
  return (
    <div className={c.tools} role="toolbar" aria-label="Canvas">
      {tools.map(({ label, Icon, run }) => (
        <Tooltip key={label} label={label}>
          <ActionIcon aria-label={label} onClick={run}>
            <Icon size={16} stroke={1.75} />
          </ActionIcon>
        </Tooltip>
      ))}
    </div>
  )
}
