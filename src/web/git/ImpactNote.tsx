import type { PlanEntryWire } from '../../core/wire/plan.ts'
import { pointerWords } from '../words/field-words.ts'
import c from './PlanPicture.module.css'

type Props = Pick<PlanEntryWire, 'impact' | 'dependents'>

/** Why a change is more than safe, and everything that it touches besides. */
export function ImpactNote({ impact, dependents = [] }: Props) {
  if (impact.word === 'safe') return null
  return (
    <div className={c.impact}>
      <ul>
        {impact.reasons.map(({ field, why }) => (
          <li key={`${field} ${why}`}>
            {why}
            {field !== null && <span className={c.kind}> ({pointerWords(field)})</span>}
          </li>
        ))}
      </ul>
      {dependents.length > 0 && (
        <p>
          Depends on it:{' '}
          {dependents.map(({ workspace, kind, slug }, i) => (
            <span key={`${workspace} ${kind} ${slug}`}>
              {i > 0 && ', '}
              <code>{workspace === null ? slug : `${workspace}: ${slug}`}</code>
            </span>
          ))}
        </p>
      )}
    </div>
  )
}
