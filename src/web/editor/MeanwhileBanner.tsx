import { Button } from '@mantine/core'
import { diffValues } from '../../core/format/field-diff.ts'
import type { JsonObject } from '../../core/model/json.ts'
import { type FileKind, isFileKind, type Kind } from '../../core/model/kind.ts'
import { FieldChanges } from '../components/FieldChanges.tsx'
import f from '../components/form.module.css'
import { listWords } from '../words/count.ts'
import { fieldWord } from '../words/field-words.ts'
import type { Meanwhile } from './draft.ts'
import c from './editor.module.css'

type Props = {
  readonly kind: Kind
  readonly meanwhile: Meanwhile
  readonly before: JsonObject
  readonly now: JsonObject
  readonly onKeepMine: () => void
  readonly onTakeTheirs: () => void
}

/** Somebody saved while this form was edited (412): what they changed, and the two ways on. */
export function MeanwhileBanner({ kind, meanwhile, before, now, onKeepMine, onTakeTheirs }: Props) {
  // Only files are edited by two at a time field by field; a source's keys compare the same way.
  const fileKind: FileKind = isFileKind(kind) ? kind : 'models'
  return (
    <section className={c.banner} role="alert">
      <h2>This changed while you were editing: {listWords(meanwhile.theirs.map(fieldWord))}</h2>
      <FieldChanges fields={diffValues(fileKind, before, now)} />
      {meanwhile.both.length > 0 && (
        <p>
          You changed {listWords(meanwhile.both.map(fieldWord))} too: keeping yours writes over theirs there.
        </p>
      )}
      <div className={f.buttons}>
        <Button size="xs" onClick={onTakeTheirs}>
          Drop my changes
        </Button>
        <Button size="xs" variant="filled" onClick={onKeepMine}>
          Keep my changes on top
        </Button>
      </div>
    </section>
  )
}
