import type { ReactNode } from 'react'
import type { DiagnosticWire } from '../../core/wire/diagnostic.ts'
import { Coded } from '../components/Coded.tsx'
import type { Tone } from '../components/tone.ts'
import { count } from '../words/count.ts'
import { byFile } from '../words/diagnostics-by-file.ts'
import { findingWords } from '../words/finding-words.ts'
import c from './Diagnostics.module.css'

const TONES: Readonly<Record<DiagnosticWire['severity'], Tone>> = {
  error: 'red',
  warning: 'amber',
  notice: 'slate',
}

type Props = {
  readonly diagnostics: readonly DiagnosticWire[]
  /** What can be done about a file, at its name. */
  readonly action?: (file: string) => ReactNode
}

/** Problems in the repository's files: by file, each with its line, what is wrong, and the mend. */
export function Diagnostics({ diagnostics, action }: Props) {
  return (
    <div className={c.files}>
      {byFile(diagnostics).map((group) => (
        <section key={group.file} className={c.file} aria-label={group.file}>
          <h3 className={c.name}>
            <code>{group.file}</code>
            <span>{count(group.diagnostics.length, 'finding')}</span>
            {action?.(group.file)}
          </h3>
          <ul>
            {group.diagnostics.map((one) => (
              <li key={`${one.line} ${one.column} ${one.code} ${one.message}`} className={c.one}>
                <span className={c.line}>line {one.line}</span>
                <div>
                  <p>
                    <strong style={{ color: `var(--${TONES[one.severity]})` }}>{one.severity}</strong>{' '}
                    <Coded text={findingWords(one)} />
                  </p>
                  <code className={c.code}>
                    {one.code}, column {one.column}
                  </code>
                </div>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}
