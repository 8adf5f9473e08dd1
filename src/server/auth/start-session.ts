import * as z from 'zod'
import { describeSession } from '../../store/sessions.ts'
import type { RawCall } from '../http/endpoint.ts'

const SignedIn = z.object({
  token: z.string(),
  user: z.object({ id: z.string(), name: z.string(), email: z.string() }),
})

/** Null: the address or the password is not right. The cookies carry the session. */
export async function startSession(
  { context, request, clientAddress }: Pick<RawCall, 'context' | 'request' | 'clientAddress'>,
  who: { readonly email: string; readonly password: string },
): Promise<{ user: z.infer<typeof SignedIn>['user']; cookies: readonly string[] } | null> {
  const answer = await context.people.api.signInEmail({
    body: who,
    headers: new Headers(),
    asResponse: true,
  })
  if (!answer.ok) return null
  const { token, user } = SignedIn.parse(await answer.json())
  const agent = request.headers.get('user-agent')
  await describeSession(context.db, token, { address: clientAddress, agent })
  return { user, cookies: answer.headers.getSetCookie() }
}
