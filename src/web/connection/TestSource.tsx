import { Button } from '@mantine/core'
import IconCircleCheck from '@tabler/icons-react/dist/esm/icons/IconCircleCheck.mjs'
import IconCircleX from '@tabler/icons-react/dist/esm/icons/IconCircleX.mjs'
import IconInfoCircle from '@tabler/icons-react/dist/esm/icons/IconInfoCircle.mjs'
import { useMutation } from '@tanstack/react-query'
import { isObject, type JsonObject, own } from '../../core/model/json.ts'
import type { SourceTestAnswer } from '../../core/wire/source.ts'
import { testSource } from '../api/sources.ts'
import { ErrorNotice } from '../components/ErrorNotice.tsx'
import { toneStyle } from '../components/tone.ts'
import { count } from '../words/count.ts'
import { textOf } from '../words/resource-name.ts'
import { duration } from '../words/time.ts'
import c from './connection.module.css'

type Props = { readonly ws: string; readonly slug: string | null; readonly value: JsonObject }

/** Tries the connection as it stands in the form, saved or not. */
export function TestSource({ ws, slug, value }: Props) {
  const config = own(value, 'config')
  const test = useMutation({
    mutationFn: () =>
      testSource(ws, {
        type: textOf(value, 'type'),
        ...(isObject(config) ? { config } : {}),
        ...(slug === null ? {} : { slug }),
      }),
  })
  return (
    <div className={c.test}>
      <div>
        <Button onClick={() => test.mutate()} loading={test.isPending}>
          Test connection
        </Button>
      </div>
      {test.error && <ErrorNotice error={test.error} />}
      {test.data && <Answer answer={test.data} />}
    </div>
  )
}

const LOOKS = {
  ok: { tone: 'green', Icon: IconCircleCheck },
  failed: { tone: 'red', Icon: IconCircleX },
  'no-connector': { tone: 'grey', Icon: IconInfoCircle },
} as const

function Answer({ answer }: { readonly answer: SourceTestAnswer }) {
  const { tone, Icon } = LOOKS[answer.state]
  return (
    <p className={c.answer} style={toneStyle(tone)} role="status">
      <Icon size={16} aria-hidden />
      <span>{answerWords(answer)}</span>
    </p>
  )
}

function answerWords(answer: SourceTestAnswer): string {
  switch (answer.state) {
    case 'ok':
      return `${answer.version} answers in ${duration(answer.ms)}: ${count(answer.tables, 'table')}.`
    case 'failed':
      return [answer.message, answer.hint, `(${answer.code})`].filter(Boolean).join(' ')
    case 'no-connector':
      return answer.message
  }
}
