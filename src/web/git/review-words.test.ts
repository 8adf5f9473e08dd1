import { expect, it } from 'vitest'
import type { Review } from '../../core/wire/review.ts'
import { closeWords, reviewName, reviewNext } from './review-words.ts'

const review: Review = {
  id: 'r',
  state: 'open',
  person: 'Ann Lee',
  branch: 'tandem/staging/ann-lee',
  number: 7,
  url: 'https://git.example.com/team/schema/pull/7',
  onHost: true,
  head: 'abcdef1234567890',
  title: 'Update parent model Users: description',
  changes: [],
  isChangedThere: false,
  isClosing: false,
  createdAt: '2026-01-02T03:04:05.000Z',
  endedAt: null,
}

it('[S21] a review says what comes next', () => {
  const unnamed = { ...review, number: null, url: null }
  expect(
    [
      review,
      unnamed,
      { ...unnamed, onHost: false },
      { ...unnamed, head: null },
      { ...review, isChangedThere: true },
      { ...review, isClosing: true },
      { ...review, state: 'merged' as const },
    ].map((one) => reviewNext(one)?.split(/[:,.]/)[0] ?? null),
  ).toEqual([
    'Merge it at the host',
    'The next run opens its pull request',
    'Merge its branch as you do there',
    'The next run pushes its branch',
    'Somebody else pushed to its branch',
    'It is being closed',
    null,
  ])
})

it('[S21] a review is called by its number, or by its branch, and closing it says what becomes of both', () => {
  const unnamed = { ...review, number: null }
  expect([reviewName(review), reviewName(unnamed)]).toEqual(['#7', 'tandem/staging/ann-lee'])
  expect([closeWords(review), closeWords(unnamed)].map((words) => words.split('. ')[0])).toEqual([
    'Its pull request is closed at the host',
    'Its branch stays where it is',
  ])
})
