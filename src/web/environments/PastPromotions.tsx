import { useQuery, useQueryClient } from '@tanstack/react-query'
import { promotionsQuery, undoPromotion } from '../api/environments.ts'
import t from '../components/ResourceTable.module.css'
import { Time } from '../components/Time.tsx'
import { ConfirmButton } from '../settings/ConfirmButton.tsx'
import { count } from '../words/count.ts'
import c from './environments.module.css'
import { standingWords } from './promotion-words.ts'

type Props = { readonly to: string; readonly mayEdit: boolean }

/** What went to this workspace before; the last of it can be taken back. */
export function PastPromotions({ to, mayEdit }: Props) {
  const client = useQueryClient()
  const { data } = useQuery(promotionsQuery(to))
  if (data === undefined || data.items.length === 0) return null
  return (
    <section className={c.section} aria-label="Promoted before">
      <h2>Promoted before</h2>
      <table className={t.table} aria-label={`Promotions to ${to}`}>
        <thead>
          <tr>
            <th scope="col">From</th>
            <th scope="col">By</th>
            <th scope="col" data-wide>
              Resources
            </th>
            <th scope="col" data-wide>
              State
            </th>
            <th scope="col" className={t.end}>
              <span className="visually-hidden">Take back</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {data.items.map((one) => (
            <tr key={one.id}>
              <td>{one.from}</td>
              <td>
                {one.by}, <Time at={one.at} />
              </td>
              <td data-wide>{count(one.resources, 'resource')}</td>
              <td data-wide>{standingWords(one)}</td>
              <td className={t.end}>
                {mayEdit && !one.undone && (
                  <ConfirmButton
                    label="Take back"
                    fullLabel={`Take back the promotion of ${count(one.resources, 'resource')} from ${one.from}`}
                    title="Take this promotion back"
                    means={`${to} gets back what it had before, as a new commit. Nothing is taken back when somebody changed one of the resources since.`}
                    confirm="Take back"
                    run={async () => {
                      await undoPromotion(to, one.id)
                      await client.invalidateQueries({ queryKey: ['ws'] })
                    }}
                  />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
