import { expect, it } from 'vitest'
import type { DoctorItem } from '../../core/wire/doctor.ts'
import { byState, verdict } from './by-state.ts'

const item = (id: string, state: DoctorItem['state']): DoctorItem => ({
  id,
  title: id,
  state,
  message: '',
  fix: null,
  mend: null,
})

it('[S27] puts what fails first and leaves empty groups out', () => {
  const [a, b, c, d] = [item('a', 'pass'), item('b', 'fail'), item('c', 'pass'), item('d', 'fail')]
  expect(byState([a, b, c, d])).toEqual([
    { state: 'fail', title: 'To mend', items: [b, d] },
    { state: 'pass', title: 'In order', items: [a, c] },
  ])
})

it('[S27] says the verdict in a sentence', () => {
  const [well, warned, failed] = [item('a', 'pass'), item('b', 'warn'), item('c', 'fail')]
  expect([
    verdict([well]),
    verdict([well, warned]),
    verdict([failed, failed]),
    verdict([warned, failed]),
  ]).toEqual([
    'Ready: everything is in order.',
    'Ready, with 1 thing worth a look.',
    '2 things to mend.',
    '1 thing to mend, and 1 thing worth a look.',
  ])
})
