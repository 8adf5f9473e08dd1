import { KIND_WORDS } from '../../core/model/kind.ts'
import type { UsedBy } from '../../core/wire/resource.ts'
import { sentence } from './count.ts'
import { pointerWords } from './field-words.ts'

/** How a resource refers to another: `Relationship, as the From model`; a model has but one way to a source. */
export function usedAsWords({ kind, field }: Pick<UsedBy['items'][number], 'kind' | 'field'>): string {
  if (field === '/source') return sentence(KIND_WORDS[kind])
  const isEnd = kind === 'model-relationships' && /^\/(from|to)(\/slug)?$/.test(field)
  return `${sentence(KIND_WORDS[kind])}, ${isEnd ? 'as the' : 'in'} ${pointerWords(field)}`
}
