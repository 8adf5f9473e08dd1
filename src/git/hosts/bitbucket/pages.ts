import * as z from 'zod'
import type { Rest, RestCall } from '../rest.ts'

const PAGE = 50
const PAGES_MAX = 100

/** Every element of a list, which Bitbucket wraps with a link to its next page. */
export async function allPages<T>(
  rest: Rest,
  { answer, query, ...call }: Omit<RestCall<T>, 'method'>,
): Promise<T[]> {
  const Page = z.object({ values: z.array(answer), next: z.string().optional() })
  const found: T[] = []
  for (let page = 1; page <= PAGES_MAX; page++) {
    const { values, next } = await rest.call({
      ...call,
      method: 'GET',
      query: { ...query, pagelen: PAGE, page },
      answer: Page,
    })
    found.push(...values)
    if (next === undefined) break
  }
  return found
}
