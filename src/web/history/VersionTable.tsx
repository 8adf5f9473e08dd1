import { Checkbox } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import type { Version } from '../../core/wire/history.ts'
import t from '../components/ResourceTable.module.css'
import { Time } from '../components/Time.tsx'
import { shortOid } from '../git/git-words.ts'
import { paths } from '../paths.ts'
import c from './history.module.css'
import { countWords } from './version-words.ts'

type Props = {
  readonly ws: string
  readonly versions: readonly Version[]
  readonly chosen: readonly string[]
  readonly onChoose: (version: Version) => void
}

/** A row a version, the newest first; two can be chosen to be compared. */
export function VersionTable({ ws, versions, chosen, onChoose }: Props) {
  const navigate = useNavigate()
  return (
    <table className={t.table} aria-label="Versions">
      <thead>
        <tr>
          <th scope="col" className={c.choose}>
            <span className="visually-hidden">Compare</span>
          </th>
          <th scope="col">What happened</th>
          <th scope="col" data-wide>
            Who
          </th>
          <th scope="col" data-wide>
            Resources
          </th>
          <th scope="col" data-wide>
            Commit
          </th>
          <th scope="col" data-wide className={t.end}>
            When
          </th>
        </tr>
      </thead>
      <tbody>
        {versions.map((version) => (
          <tr
            key={version.commit}
            className={t.row}
            onClick={() => navigate({ to: paths.version(ws, version.commit) })}
          >
            <td className={c.choose}>
              <Checkbox
                aria-label={`Compare ${shortOid(version.commit)}, ${version.subject}`}
                checked={chosen.includes(version.commit)}
                onChange={() => onChoose(version)}
                onClick={(event) => event.stopPropagation()}
              />
            </td>
            <td className={c.what}>
              <Link
                to={paths.version(ws, version.commit)}
                className={t.link}
                onClick={(event) => event.stopPropagation()}
              >
                {version.subject || '(no subject)'}
              </Link>
              <p className={c.beneath}>
                {version.author.name}, <Time at={version.at} />: {countWords(version.counts)}
              </p>
            </td>
            <td data-wide title={version.author.email}>
              {version.author.name}
            </td>
            <td data-wide>{countWords(version.counts)}</td>
            <td data-wide>
              <code title={version.commit}>{shortOid(version.commit)}</code>
            </td>
            <td data-wide className={t.end}>
              <Time at={version.at} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
