const [QUOTE, BACKSLASH, LIST, LIST_END, MAPPING, MAPPING_END] = [0x22, 0x5c, 0x5b, 0x5d, 0x7b, 0x7d]

/**
 * Where a JSON text opens more than so many lists and mappings inside each other, or null. Told from the text,
 * before it is parsed: a few bytes a level would else become as many objects, and whatever walks them runs out
 * of stack.
 */
export function nestsDeeper(json: string, levels: number): number | null {
  let depth = 0
  let inText = false
  for (let i = 0; i < json.length; i += 1) {
    const unit = json.charCodeAt(i)
    if (inText) {
      if (unit === BACKSLASH) i += 1
      else if (unit === QUOTE) inText = false
    } else if (unit === QUOTE) inText = true
    else if (unit === LIST || unit === MAPPING) {
      depth += 1
      if (depth > levels) return i
    } else if (unit === LIST_END || unit === MAPPING_END) depth -= 1
  }
  return null
}
