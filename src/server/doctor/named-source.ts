import type { NamedSource } from '../../core/environments/doctor/facts.ts'
import { own } from '../../core/model/json.ts'
import type { Value } from '../../core/model/resource.ts'

/** A source without a name goes by its slug. */
export function namedSource({ slug, value }: { readonly slug: string; readonly value: Value }): NamedSource {
  const [name, type] = [own(value, 'name'), own(value, 'type')]
  return { slug, name: typeof name === 'string' ? name : slug, type: typeof type === 'string' ? type : '' }
}
