import { byteLength, isPrototypeName, textProblem } from './hostile-text.ts'
import type { Parsed } from './parsed.ts'

const PATH_BYTES = 1_000
const NAME_BYTES = 255

/** The folder of the repository that a connection uses: '' is its root. */
export function parsePath(text: string): Parsed<string> {
  const path = text
    .trim()
    .replace(/^(\.\/)+/, '')
    .replace(/\/+$/, '')
  if (path === '' || path === '.')
    return text.trim().startsWith('/')
      ? {
          problem: 'The path begins with "/": it is relative to the repository; leave it empty for the root.',
        }
      : { value: '' }
  const bad = filePathProblem(path, PATH_BYTES)
  if (bad !== null) return { problem: `The path ${bad}.` }
  for (const part of path.split('/')) {
    if (part.startsWith('-')) return { problem: `The part "${part}" of the path begins with "-".` }
    if (isPrototypeName(part)) return { problem: `"${part}" cannot be part of a path here.` }
  }
  return { value: path }
}

// Names that some file system reads as ".git": HFS+ ignores characters, NTFS trailing dots and short names.
const GIT_FOLDER = /^(?:\.git|git~\d+)[. ]*(?::.*)?$/i

/** What makes a path unfit to be written into a repository, in words that end a sentence; null when nothing does. */
export function filePathProblem(path: string, maxBytes: number): string | null {
  const unfit = textProblem(path, maxBytes)
  if (unfit !== null) return unfit
  if (path.startsWith('/')) return 'begins with "/": it is relative to the repository'
  if (path.includes('\\')) return 'holds a backslash: write "/"'
  for (const part of path.split('/')) {
    if (part === '') return 'holds an empty part ("//")'
    if (part === '.' || part === '..') return `holds "${part}": write it in full`
    if (GIT_FOLDER.test(part)) return `holds "${part}", a name that belongs to Git itself`
    if (byteLength(part) > NAME_BYTES) return `holds a name of more than ${NAME_BYTES} bytes`
  }
  return null
}
