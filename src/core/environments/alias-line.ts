import { nearestNames } from '../lint/nearest.ts'

/**
 * E4: the line that makes a name known, as it stands in the alias file under `sources:` or `destinations:`. The
 * slug is the nearest by spelling, the only one, or a placeholder for a person to fill in.
 */
export function aliasLine(name: string, slugs: readonly string[]): string {
  const proposed = proposedSlug(name, slugs)
  return `  ${quoteScalar(name)}: ${proposed === undefined ? '<slug>' : quoteScalar(proposed)}`
}

export function proposedSlug(name: string, slugs: readonly string[]): string | undefined {
  return nearestNames(name, slugs)[0] ?? (slugs.length === 1 ? slugs[0] : undefined)
}

/** Plain where every YAML reader takes it for text, else in single quotes. */
function quoteScalar(text: string): string {
  const plain = /^[A-Za-z_][\w-]*$/.test(text) && !/^(?:null|true|false|yes|no|on|off|y|n)$/i.test(text)
  return plain ? text : `'${text.replaceAll("'", "''")}'`
}
