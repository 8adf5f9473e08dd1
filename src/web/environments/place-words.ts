import type { EnvironmentWire } from '../../core/wire/environments.ts'

type Place = Pick<NonNullable<EnvironmentWire['git']>, 'branch' | 'path'>

/** `main`, or with a path `main · schema`. */
export function placeWords({ branch, path }: Place): string {
  return path === '' ? branch : `${branch} · ${path}`
}
