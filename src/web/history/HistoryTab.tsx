import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type FileKind, KIND_WORDS } from '../../core/model/kind.ts'
import type { Version } from '../../core/wire/history.ts'
import { connectionQuery } from '../api/git.ts'
import { historyQuery } from '../api/history.ts'
import { Loaded } from '../components/Loaded.tsx'
import { Pager, usePages } from '../components/Pager.tsx'
import { RowsSkeleton } from '../components/RowsSkeleton.tsx'
import side from '../editor/side.module.css'
import { paths } from '../paths.ts'
import c from './history.module.css'
import { RestoreButton } from './RestoreButton.tsx'
import { VersionMeta } from './VersionMeta.tsx'
import { resourceWords } from './version-words.ts'

type Props = {
  readonly ws: string
  readonly kind: FileKind
  readonly slug: string
  /** Git has exactly what is here: the newest version is the present one. */
  readonly inGit: boolean
}

/** In an editor: the versions of this one resource, each with what it changed. */
export function HistoryTab({ ws, kind, slug, inGit }: Props) {
  const connection = useQuery(connectionQuery(ws))
  return (
    <Loaded query={connection} skeleton={<RowsSkeleton rows={3} />}>
      {(known) =>
        known === null ? (
          <p className={side.note}>
            Once a repository is connected, the versions of this {KIND_WORDS[kind]} are listed here.
          </p>
        ) : (
          <Versions key={`${kind} ${slug}`} ws={ws} kind={kind} slug={slug} inGit={inGit} />
        )
      }
    </Loaded>
  )
}

function Versions({ ws, kind, slug, inGit }: Props) {
  const pages = usePages()
  const query = useQuery(historyQuery(ws, { kind, slug }, pages.cursor))
  return (
    <Loaded query={query} skeleton={<RowsSkeleton rows={3} />}>
      {({ items, nextCursor }) =>
        items.length === 0 ? (
          <p className={side.note}>
            This {KIND_WORDS[kind]} is not in Git yet. Its first commit begins its history.
          </p>
        ) : (
          <>
            <ol className={c.versions} aria-label="Versions">
              {items.map((version, i) => (
                <Row
                  key={version.commit}
                  ws={ws}
                  kind={kind}
                  slug={slug}
                  version={version}
                  isPresent={inGit && i === 0 && pages.cursor === null}
                />
              ))}
            </ol>
            <Pager pages={pages} next={nextCursor} />
          </>
        )
      }
    </Loaded>
  )
}

type RowProps = Omit<Props, 'inGit'> & { readonly version: Version; readonly isPresent: boolean }

function Row({ ws, kind, slug, version, isPresent }: RowProps) {
  const { commit, subject } = version
  const isGone = version.changes[0]?.change === 'removed'
  return (
    <li className={c.version}>
      <Link to={paths.version(ws, commit)} search={{ kind, slug }} className={c.subject}>
        {subject || '(no subject)'}
      </Link>
      <p>
        {resourceWords(version)}
        {isPresent && <span className={c.present}>as it is now</span>}
      </p>
      <VersionMeta version={version} />
      {!isGone && !isPresent && (
        <div className={c.buttons}>
          <RestoreButton ws={ws} commit={commit} scope={{ kind, slug }} />
          <Button
            size="xs"
            renderRoot={(props) => (
              <Link {...props} to={paths.compare(ws)} search={{ from: commit, kind, slug }} />
            )}
          >
            Compare with now
          </Button>
        </div>
      )}
    </li>
  )
}
