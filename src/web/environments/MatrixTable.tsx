import { Link } from '@tanstack/react-router'
import { KIND_WORDS } from '../../core/model/kind.ts'
import type { EnvironmentWire, MatrixRowWire } from '../../core/wire/environments.ts'
import { KindIcon } from '../components/KindIcon.tsx'
import t from '../components/ResourceTable.module.css'
import { paths } from '../paths.ts'
import { CellMark } from './CellMark.tsx'
import c from './environments.module.css'

type Props = {
  readonly ws: string
  readonly workspaces: readonly EnvironmentWire[]
  readonly rows: readonly MatrixRowWire[]
}

/** Every resource in every workspace; what differs leads to the two beside each other. */
export function MatrixTable({ ws, workspaces, rows }: Props) {
  return (
    // A scrolling region has to be reachable with the keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <section className={c.scroll} aria-label="Matrix" tabIndex={0}>
      <table className={`${t.table} ${c.matrix}`} aria-label="Resources by workspace">
        <thead>
          <tr>
            <th scope="col">Resource</th>
            {workspaces.map(({ slug, name }) => (
              <th key={slug} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.kind} ${row.slug}`}>
              <th scope="row">
                <div className={t.name}>
                  <KindIcon kind={row.kind} />
                  <div className={t['name-words']}>
                    <span className={t.strong}>{row.name ?? row.slug}</span>
                    <span className={`${t.slug} ${c.kind}`}>
                      {KIND_WORDS[row.kind]}{' '}
                      {row.name !== null && row.name !== row.slug && <code>{row.slug}</code>}
                    </span>
                  </div>
                </div>
              </th>
              {row.cells.map((cell, i) => (
                <td key={workspaces[i]?.slug}>
                  {cell === 'differs' || cell === 'missing' ? (
                    <Link
                      to={paths.compareEnvironments(ws)}
                      search={{ from: row.from, to: workspaces[i]?.slug ?? '' }}
                      className={c.lead}
                      aria-label={`${cell} in ${workspaces[i]?.name}: compare with ${row.from}`}
                    >
                      <CellMark cell={cell} />
                    </Link>
                  ) : (
                    <CellMark cell={cell} />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
