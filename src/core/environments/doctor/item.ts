import type { FileKind } from '../../model/kind.ts'
import type { AliasSection } from '../aliases.ts'

export const DOCTOR_STATES = ['pass', 'warn', 'fail'] as const
export type DoctorState = (typeof DOCTOR_STATES)[number]

/** A mend that is one click or one call away; whoever shows the item offers it. */
export type Mend =
  | { readonly kind: 'switch-on' }
  | { readonly kind: 'connect' }
  | { readonly kind: 'sync' }
  /** The aliases as they are, saved once more. */
  | { readonly kind: 'save-aliases' }
  | {
      readonly kind: 'rename'
      readonly resource: FileKind
      readonly slug: string
      readonly to: string
    }
  /** Both workspaces then say that they share the branch and path. */
  | { readonly kind: 'share'; readonly workspace: string }
  | { readonly kind: 'switch-branch'; readonly branch: string }
  | { readonly kind: 'conflicts' }
  | { readonly kind: 'run'; readonly run: string }
  | { readonly kind: 'source'; readonly workspace: string; readonly slug: string }
  | { readonly kind: 'copy-source'; readonly from: string; readonly slug: string; readonly to: string }
  /** One of `slugs` is what the name may stand for; `proposed` is the likely one. */
  | {
      readonly kind: 'add-alias'
      readonly section: AliasSection
      readonly name: string
      readonly proposed: string | null
      readonly slugs: readonly string[]
    }

/** One line of the checklist (S27). `fix`: what to do, in one sentence; null where nothing is to be done. */
export type DoctorItem = {
  readonly id: string
  readonly title: string
  readonly state: DoctorState
  readonly message: string
  readonly fix: string | null
  readonly mend: Mend | null
}

export function pass(id: string, title: string, message: string): DoctorItem {
  return { id, title, state: 'pass', message, fix: null, mend: null }
}

type Trouble = {
  readonly id: string
  readonly title: string
  readonly message: string
  readonly fix: string
  readonly mend?: Mend
}

export function warn({ mend, ...rest }: Trouble): DoctorItem {
  return { ...rest, state: 'warn', mend: mend ?? null }
}

export function fail({ mend, ...rest }: Trouble): DoctorItem {
  return { ...rest, state: 'fail', mend: mend ?? null }
}

const SHOWN = 20

/** A thousand faults of one kind are one fault: the first are told, the rest are counted. */
export function firstOf(items: readonly DoctorItem[]): readonly DoctorItem[] {
  const [first] = items
  const left = items.length - SHOWN
  if (first === undefined || left <= 0) return items
  const check = first.id.split(':')[0] ?? first.id
  const message = `${left} more of the same kind ${left === 1 ? 'is' : 'are'} not listed.`
  const fix = 'Mend those above, then check again.'
  const state = items.some((item) => item.state === 'fail') ? 'fail' : 'warn'
  return [
    ...items.slice(0, SHOWN),
    { id: `${check}:more`, title: 'More of these', state, message, fix, mend: null },
  ]
}
