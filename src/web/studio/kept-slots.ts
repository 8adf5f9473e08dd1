import type { Slot, Slots } from './layout.ts'

/** Places are kept in this browser, so that the picture is the same tomorrow. Losing them costs nothing. */
const keyOf = (ws: string) => `tandem-canvas-${ws}`

function isEntry(value: unknown): value is [string, number, number] {
  return (
    Array.isArray(value) &&
    typeof value[0] === 'string' &&
    Number.isInteger(value[1]) &&
    Number.isInteger(value[2])
  )
}

export function readSlots(ws: string): Slots {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(keyOf(ws)) ?? '[]')
    return new Map(
      Array.isArray(stored)
        ? stored.filter(isEntry).map(([id, column, row]): [string, Slot] => [id, { column, row }])
        : [],
    )
  } catch {
    return new Map()
  }
}

export function keepSlots(ws: string, slots: Slots): void {
  try {
    localStorage.setItem(
      keyOf(ws),
      JSON.stringify([...slots].map(([id, { column, row }]) => [id, column, row])),
    )
  } catch {
    // Storage is full or refused: the next visit lays out anew.
  }
}

export function forgetSlots(ws: string): void {
  localStorage.removeItem(keyOf(ws))
}
