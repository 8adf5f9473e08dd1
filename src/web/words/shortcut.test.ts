import { expect, it } from 'vitest'
import { shortcut } from './shortcut.ts'

it('[W1] names a shortcut by the keys that the computer has', () => {
  expect(shortcut('K', 'MacIntel')).toBe('⌘K')
  expect(shortcut('K', 'Linux x86_64')).toBe('Ctrl K')
  expect(shortcut('S', 'Win32')).toBe('Ctrl S')
})
