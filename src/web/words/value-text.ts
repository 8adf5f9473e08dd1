import { dump } from 'js-yaml'

/** A field's value as its file would say it: text as it is, everything else as YAML. */
export function valueText(value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value !== 'object' || value === null || isEmpty(value)) return JSON.stringify(value)
  return dump(value, { lineWidth: -1, noRefs: true }).trimEnd()
}

function isEmpty(value: object): boolean {
  return Object.keys(value).length === 0
}
