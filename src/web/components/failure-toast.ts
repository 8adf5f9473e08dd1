import { notifications } from '@mantine/notifications'
import { errorWords } from '../words/error-words.ts'

/** A failure that has no place of its own on the page: what did not happen, why, and what to do. */
export function showFailure(title: string, error: unknown): void {
  const { what, fix } = errorWords(error)
  notifications.show({ color: 'red', title, message: [what, fix].filter(Boolean).join(' ') })
}
