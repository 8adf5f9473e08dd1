import type { FileKind } from '../model/kind.ts'
import type { FileValue } from '../model/resource.ts'
import { orderKeys } from './key-order.ts'
import { printTree } from './print-tree.ts'

/** The canonical text of a resource (F12). Equal objects in it are written out: the value is a tree. */
export function printResource(kind: FileKind, value: FileValue): string {
  return printOrdered(orderKeys(kind, value))
}

/** As `printResource`, for a value whose keys are in the order in which they are to be written. */
export function printOrdered(value: FileValue): string {
  return printTree(value)
}

/** Whether the program owns the style of a file: its bytes are the canonical text of its value (F14). */
export function isCanonical(kind: FileKind, text: string, value: FileValue): boolean {
  return text.endsWith('\n') && printResource(kind, value) === text
}
