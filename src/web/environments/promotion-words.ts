import type { PromotionAnswer, PromotionWire } from '../../core/wire/environments.ts'
import { count, sentence } from '../words/count.ts'

/** `3 resources go to production, 1 of them because another needs it; 1 breaking.` */
export function planWords({ changes, to }: PromotionAnswer): string {
  if (changes.length === 0) return `Nothing of what is chosen differs: ${to} has it already.`
  const along = changes.filter(({ neededBy }) => neededBy !== null).length
  const worst = (['breaking', 'risky'] as const).flatMap((word) => {
    const some = changes.filter(({ impact }) => impact.word === word).length
    return some === 0 ? [] : [`${some} ${word}`]
  })
  const go = `${sentence(count(changes.length, 'resource'))} ${changes.length === 1 ? 'goes' : 'go'} to ${to}`
  const needed = along === 0 ? '' : `, ${along} of them because another needs it`
  return `${go}${needed}${worst.length === 0 ? '' : `; ${worst.join(', ')}`}.`
}

export function standingWords({ undone, waiting }: PromotionWire): string {
  if (undone) return 'taken back'
  return waiting > 0 ? `${count(waiting, 'change')} on the way to Git` : 'done'
}
