import { type Facts, known, NEXT, type StepResult, type Work } from './work.ts'

/** A push counts only when the remote, read back, has our commit (S10). */
export async function verifyPush(work: Work, facts: Facts): Promise<StepResult> {
  const target = known(facts.commits).at(-1)?.oid ?? known(facts.head).parent
  if (target === null) return NEXT
  const verified = await work.repository.verify(work.remote, target, work.signal)
  if (verified.kind === 'absent') return { kind: 'again', from: 'fetch' }
  facts.verifiedHead = verified.head
  return NEXT
}
