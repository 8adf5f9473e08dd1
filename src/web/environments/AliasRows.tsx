import { ActionIcon, Button, Select, Tooltip } from '@mantine/core'
import IconPencil from '@tabler/icons-react/dist/esm/icons/IconPencil.mjs'
import IconTrash from '@tabler/icons-react/dist/esm/icons/IconTrash.mjs'
import { Link } from '@tanstack/react-router'
import { withKey, withoutKey } from '../../core/model/json.ts'
import type { AliasTable } from '../../core/wire/environments.ts'
import type { AliasesWire } from '../../core/wire/git.ts'
import t from '../components/ResourceTable.module.css'
import { paths } from '../paths.ts'
import { count, listWords } from '../words/count.ts'
import { type AliasProblem, keyOf } from './alias-draft.ts'
import c from './environments.module.css'

type Props = {
  readonly table: AliasTable
  readonly draft: AliasesWire
  readonly problems: ReadonlyMap<string, AliasProblem>
  readonly mayEdit: boolean
  readonly onChange: (draft: AliasesWire) => void
  /** Null while a change of the draft has to be saved first. */
  readonly onRename: ((row: AliasTable['rows'][number]) => void) | null
}

type Section = 'sources' | 'destinations'

/** A row a name: here it is edited, elsewhere it is told. */
export function AliasRows({ table, draft, problems, mayEdit, onChange, onRename }: Props) {
  const [here, ...others] = table.workspaces
  const added = (['sources', 'destinations'] as const).flatMap((section) =>
    Object.keys(draft[section])
      .filter((name) => !table.rows.some((row) => row.section === section && row.name === name))
      .map((name) => ({ section, name, files: 0, meanings: [], proposals: [] })),
  )
  const set = (section: Section, name: string, slug: string | null) =>
    onChange({
      ...draft,
      [section]: slug === null ? withoutKey(draft[section], name) : withKey(draft[section], name, slug),
    } as AliasesWire) // withKey keeps texts texts
  return (
    // A scrolling region has to be reachable with the keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <section className={c.scroll} aria-label="Aliases" tabIndex={0}>
      <table className={t.table} aria-label="Aliases by workspace">
        <thead>
          <tr>
            <th scope="col">Name in the files</th>
            <th scope="col">{here}</th>
            {others.map((slug) => (
              <th key={slug} scope="col">
                <Link to={paths.aliases(slug)} className="link">
                  {slug}
                </Link>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[...table.rows, ...added].map((row) => {
            const { section, name, files, meanings, proposals } = row
            const slug = Object.hasOwn(draft[section], name) ? (draft[section][name] ?? null) : null
            const own = meanings[0]
            const problem = problems.get(keyOf(section, name))
            return (
              <tr key={keyOf(section, name)}>
                <th scope="row" className={c.alias}>
                  <code>{name}</code>
                  <p className={t.names}>
                    {section === 'sources' ? 'source' : 'destination'}
                    {files > 0 && `, in ${count(files, 'file')} here`}
                  </p>
                </th>
                <td>
                  <div className={c.meaning}>
                    <Select
                      aria-label={`What ${name} means in ${here}`}
                      placeholder={
                        own?.slug && !own.isAlias ? `${own.slug}, by its slug` : 'Means nothing here'
                      }
                      size="xs"
                      data={table.choices[section].map((one) => ({
                        value: one.slug,
                        label: `${one.name} (${one.slug})`,
                      }))}
                      value={slug}
                      onChange={(next) => next !== null && set(section, name, next)}
                      allowDeselect={false}
                      searchable
                      disabled={!mayEdit}
                    />
                    {mayEdit && slug !== null && onRename !== null && (
                      <Tooltip label="Rename in every file">
                        <ActionIcon aria-label={`Rename ${name}`} onClick={() => onRename(row)}>
                          <IconPencil size={15} stroke={1.75} />
                        </ActionIcon>
                      </Tooltip>
                    )}
                    {mayEdit && slug !== null && files === 0 && (
                      <Tooltip label="Take the alias out">
                        <ActionIcon aria-label={`Take out ${name}`} onClick={() => set(section, name, null)}>
                          <IconTrash size={15} stroke={1.75} />
                        </ActionIcon>
                      </Tooltip>
                    )}
                  </div>
                  {problem && (
                    <p className={c.problem}>
                      {problem.message} {problem.hint}
                    </p>
                  )}
                  {mayEdit && slug === null && own?.slug === null && proposals.length > 0 && (
                    <div className={c.proposals}>
                      {proposals.map((one) => (
                        <Button key={one.slug} size="xs" onClick={() => set(section, name, one.slug)}>
                          Use {one.slug}: {listWords(one.why)}
                        </Button>
                      ))}
                    </div>
                  )}
                </td>
                {others.map((other, i) => {
                  const meaning = meanings[i + 1]
                  return (
                    <td key={other}>
                      {meaning === undefined ? (
                        ''
                      ) : meaning.slug === null ? (
                        'missing'
                      ) : (
                        <code>{meaning.slug}</code>
                      )}
                    </td>
                  )
                })}
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}
