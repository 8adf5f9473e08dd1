import { Handle, type NodeProps, Position } from '@xyflow/react'
import c from './canvas.module.css'
import type { CardNode } from './flow.ts'
import { ModelCard } from './ModelCard.tsx'

/** The kit draws an edge only between handles; ours are unseen, for geometry.ts says where edges end. */
export function CardNodeView({ data }: NodeProps<CardNode>) {
  return (
    <>
      <Handle type="target" position={Position.Top} isConnectable={false} className={c.handle ?? ''} />
      <ModelCard card={data.card} to={data.to} dim={data.dim} focused={data.focused} />
      <Handle type="source" position={Position.Bottom} isConnectable={false} className={c.handle ?? ''} />
    </>
  )
}
