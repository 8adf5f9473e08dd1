import { useParams } from '@tanstack/react-router'
import { isKind } from '../../core/model/kind.ts'
import { Editor } from '../editor/Editor.tsx'
import { NotFound } from '../frame/NotFound.tsx'

export function CreatePage() {
  const { kind } = useParams({ from: '/$ws/new/$kind' })
  return isKind(kind) ? <Editor key={kind} kind={kind} resource={null} /> : <NotFound />
}
