import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Coded } from '../components/Coded.tsx'
import { CommitId } from '../git/CommitId.tsx'
import type { FileFault } from '../git/file-fault.ts'
import { paths } from '../paths.ts'
import { findingWords } from '../words/finding-words.ts'
import e from './editor.module.css'

/** Says on the page of a resource that its file in Git is at fault: until it is mended, no save gets there. */
export function FaultBanner({ ws, fault }: { readonly ws: string; readonly fault: FileFault }) {
  const { commit, first } = fault
  return (
    <section className={e.banner} data-fault aria-label="Error in Git">
      <div className={e['banner-line']}>
        <div>
          <h2>
            The file in Git has an error
            {commit !== null && (
              <>
                {' '}
                at <CommitId oid={commit} />
              </>
            )}{' '}
            (line {first.line}).
          </h2>
          <p>
            <Coded text={findingWords(first)} />
          </p>
          <p>
            Mend it, or put the last good version back. Until then this page shows the last good version, and
            what is saved here waits.
          </p>
        </div>
        <Button component={Link} to={paths.git(ws)}>
          Ways to mend it
        </Button>
      </div>
    </section>
  )
}
