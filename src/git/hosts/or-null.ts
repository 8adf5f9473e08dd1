import { HostError } from './host-error.ts'

/** What a service does not show is not there. */
export async function orNull<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof HostError && error.code === 'not-found') return null
    throw error
  }
}
