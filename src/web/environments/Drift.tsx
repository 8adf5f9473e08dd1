import { useQuery } from '@tanstack/react-query'
import { environmentDriftQuery } from '../api/environments.ts'
import { FormSkeleton } from '../components/FormSkeleton.tsx'
import { Loaded } from '../components/Loaded.tsx'
import { DriftChart } from './DriftChart.tsx'
import { driftWords, isSteady } from './drift-words.ts'
import c from './environments.module.css'

type Props = { readonly ws: string; readonly from: string; readonly to: string }

/** How far apart the two were on each day of the last eight weeks (W7). */
export function Drift({ ws, from, to }: Props) {
  const query = useQuery(environmentDriftQuery(ws, from, to))
  return (
    <section className={c.section} aria-label="Drift over eight weeks">
      <h2>Drift over eight weeks</h2>
      <Loaded query={query} skeleton={<FormSkeleton fields={1} />}>
        {(drift) => (
          <>
            <p className={c['lead-words']}>{driftWords(drift)}</p>
            {!isSteady(drift.days) && <DriftChart days={drift.days} />}
          </>
        )}
      </Loaded>
    </section>
  )
}
