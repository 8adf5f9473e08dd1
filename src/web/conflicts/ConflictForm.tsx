import { Button, Tooltip } from '@mantine/core'
import { useState } from 'react'
import type { FileConflict } from '../../core/wire/conflict-sides.ts'
import { ErrorNotice } from '../components/ErrorNotice.tsx'
import { KindIcon } from '../components/KindIcon.tsx'
import { PageHeader } from '../components/PageHeader.tsx'
import { Time } from '../components/Time.tsx'
import e from '../editor/editor.module.css'
import { NEEDS_EDITOR, useRights } from '../frame/use-workspace.ts'
import { GitPill } from '../git/GitPill.tsx'
import { sentence } from '../words/count.ts'
import { Besides } from './Besides.tsx'
import { Causes } from './Causes.tsx'
import { conflictName, conflictReason, outcomeWords } from './conflict-words.ts'
import c from './conflicts.module.css'
import {
  type Decisions,
  decide,
  decideAll,
  fieldsOf,
  isWhole,
  movedOn,
  NO_DECISIONS,
  outcomeOf,
  standingChoices,
} from './decisions.ts'
import { FieldRow } from './FieldRow.tsx'
import { MovedOn } from './MovedOn.tsx'
import { ResultFile } from './ResultFile.tsx'
import { useSettle } from './use-settle.ts'
import { WholeSides } from './WholeSides.tsx'

/** Three columns and a choice in each row; beneath, live, what settling brings about. */
export function ConflictForm({ ws, conflict }: { readonly ws: string; readonly conflict: FileConflict }) {
  const rights = useRights()
  const [decisions, setDecisions] = useState<Decisions>(NO_DECISIONS)
  const settle = useSettle(ws, conflict)
  const choices = standingChoices(conflict, decisions)
  const moved = movedOn(conflict, decisions)
  const outcome = outcomeOf(conflict, decisions)
  const whole = isWhole(conflict)
  const name = conflictName(conflict)
  const disabled = !rights.edit
  const isReady = outcome.kind === 'ready' && rights.edit
  const all = (side: 'ours' | 'theirs', label: string) => (
    <Button size="xs" disabled={disabled} onClick={() => setDecisions(decideAll(conflict, side))}>
      {label}
    </Button>
  )
  return (
    <form
      className={e.editor}
      aria-label="Conflict"
      onSubmit={(event) => {
        event.preventDefault()
        if (outcome.kind === 'ready' && rights.edit) settle.mutate(outcome)
      }}
    >
      <title>{`Conflict in ${name} · Tandem`}</title>
      <div className={e.head}>
        <PageHeader
          icon={<KindIcon kind={conflict.kind} size={20} />}
          title={name}
          beside={
            <>
              <code style={{ color: 'var(--text-3)' }}>{conflict.slug}</code>
              <GitPill git={{ state: 'conflict', since: conflict.since }} />
            </>
          }
          lead={
            <>
              {conflictReason(conflict)}, since <Time at={conflict.since} />.
            </>
          }
          actions={
            !whole && (
              <div className={c.all}>
                {all('ours', 'Take all of the workspace')}
                {all('theirs', 'Take all of Git')}
              </div>
            )
          }
        />
      </div>
      <div className={c.body}>
        <MovedOn fields={moved} refused={settle.isStale} />
        <Causes ws={ws} conflict={conflict} />
        {whole ? (
          <WholeSides
            conflict={conflict}
            choice={choices.get('')}
            disabled={disabled}
            onChoose={(side) => setDecisions(decideAll(conflict, side))}
          />
        ) : (
          <div className={c.rows}>
            {fieldsOf(conflict).map((field) => (
              <FieldRow
                key={field.path}
                field={field}
                choice={choices.get(field.path)}
                movedOn={moved.includes(field.path)}
                fault={outcome.kind === 'unfit' ? outcome.problems.get(field.path) : undefined}
                disabled={disabled}
                onChoose={(choice) => setDecisions((now) => decide(now, field, choice))}
              />
            ))}
            <Besides conflict={conflict} />
          </div>
        )}
        {(!whole || outcome.kind === 'ready') && <ResultFile ws={ws} conflict={conflict} outcome={outcome} />}
      </div>
      <section className={e.bar} aria-label="Settle">
        {settle.error && (
          <div className={e['bar-error']}>
            <ErrorNotice error={settle.error} />
          </div>
        )}
        <p className={e['bar-words']} aria-live="polite">
          {sentence(outcomeWords(conflict, outcome))}
        </p>
        <Tooltip label={rights.edit ? 'Choose first' : NEEDS_EDITOR} disabled={isReady}>
          <Button
            type="submit"
            variant="filled"
            loading={settle.isPending}
            {...(isReady ? {} : { 'data-disabled': true, 'aria-disabled': true })}
          >
            Settle
          </Button>
        </Tooltip>
      </section>
    </form>
  )
}
