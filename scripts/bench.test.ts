import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Figure, isReached, ratio } from '../bench/figure.ts'
import { printJson, printTable } from '../bench/table.ts'

const MAIN = join(import.meta.dirname, '..', 'bench', 'main.ts')

describe('npm run -s bench -- --json', () => {
  it('[C5] prints one object with the figures on one line, rounded to a ten-thousandth', () => {
    const memory: Figure = {
      id: 'B1.rss',
      value: 512,
      unit: 'MB',
      baseline: null,
      samples: [512],
      part: 1,
      atMost: 600,
    }
    const pairs = { work: [3.00004, 1, 2], baseline: [1.5, 0.5, 2.5] }
    const text = printJson([ratio('B1', pairs, 2), ratio('B2.p95', pairs, 2, 0.95), memory])
    expect(text).not.toContain('\n')
    expect(JSON.parse(text)).toEqual({
      figures: [
        { id: 'B1', value: 1.3333, unit: 'ratio', baseline: 1.5, samples: [3, 1, 2], part: 0.5, atMost: 2 },
        { id: 'B2.p95', value: 1.2, unit: 'ratio', baseline: 2.5, samples: [3, 1, 2], part: 0.95, atMost: 2 },
        { id: 'B1.rss', value: 512, unit: 'MB', baseline: null, samples: [512], part: 1, atMost: 600 },
      ],
    })
  })

  it('[C5] a promise in seconds is held against the seconds of its own part, whatever the ratio', () => {
    const pairs = { work: [0.5, 0.6, 2.5], baseline: [0.1, 0.1, 0.1] }
    const median: Figure = { ...ratio('B11', pairs, 3), withinSeconds: 1 }
    const tail: Figure = { ...ratio('B11.p95', pairs, 3, 0.95), withinSeconds: 2 }
    expect([isReached(median), isReached(tail)]).toEqual([true, false])
    expect(printTable([median, tail])).toBe(
      [
        'figure   tandem  baseline  ratio  at most         ',
        'B11      600 ms    100 ms   6.00   1.00 s  reached',
        'B11.p95  2.50 s    100 ms  25.00   2.00 s   missed',
      ].join('\n'),
    )
  })

  it('[C5] takes the names of claims; of one that is none it says which there are, and prints no JSON', () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, '--json', 'B0'], {
      encoding: 'utf8',
    })
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toMatch(/There is no claim B0: choose from B1, B2\b/)
  })
})
