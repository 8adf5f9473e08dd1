import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { isGenuine } from './is-genuine.ts'

const SECRET = "It's a Secret to Everybody"
const BODY = Buffer.from('Hello, World!')
/** The example of GitHub's documentation. */
const HEX = '757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17'

function holds(headers: Record<string, string>, secret = SECRET, body = BODY): boolean {
  return isGenuine({ headers: new Headers(headers), body }, secret)
}

const standardKey = Buffer.from('0123456789abcdef0123456789abcdef')
const standardSecret = `whsec_${standardKey.toString('base64')}`
const standard = (id: string, time: string) =>
  `v1,${createHmac('sha256', standardKey).update(`${id}.${time}.`).update(BODY).digest('base64')}`

describe('isGenuine', () => {
  it.each([
    ['GitHub', { 'x-hub-signature-256': `sha256=${HEX}` }],
    [
      'GitHub, with its old proof beside',
      { 'x-hub-signature-256': `sha256=${HEX}`, 'x-hub-signature': 'sha1=00' },
    ],
    ['Bitbucket', { 'x-hub-signature': `sha256=${HEX}` }],
    ['Gitea', { 'x-gitea-signature': HEX, 'x-hub-signature-256': `sha256=${HEX}` }],
    ['Forgejo', { 'x-forgejo-signature': HEX, 'x-gitea-signature': HEX }],
    ['Azure DevOps', { authorization: `Basic ${Buffer.from(`tandem:${SECRET}`).toString('base64')}` }],
    ['GitLab, by its secret token', { 'x-gitlab-token': SECRET }],
  ])('[Z5] takes what %s signed', (_, headers) => {
    expect(holds(headers)).toBe(true)
  })

  it('[Z5] takes what GitLab signed with a signing token, one of several signatures', () => {
    const headers = { 'webhook-id': 'm1', 'webhook-timestamp': '1700000000' }
    const signed = `v1,${'A'.repeat(43)}= ${standard('m1', '1700000000')}`
    expect(holds({ ...headers, 'webhook-signature': signed }, standardSecret)).toBe(true)
    expect(holds({ ...headers, 'webhook-id': 'm2', 'webhook-signature': signed }, standardSecret)).toBe(false)
  })

  it.each([
    ['no proof', {}],
    ['an empty proof', { 'x-hub-signature-256': '' }],
    ['a proof without its name', { 'x-hub-signature-256': HEX }],
    ['a wrong proof', { 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` }],
    ['a proof that is cut', { 'x-hub-signature-256': `sha256=${HEX.slice(0, 8)}` }],
    ['the weak proof alone', { 'x-hub-signature': 'sha1=01dc10d0c83e72ed246219cdd91669667fe2ca59' }],
    ['a right proof beside a wrong one', { 'x-hub-signature-256': `sha256=${HEX}`, 'x-gitlab-token': 'no' }],
    ['another password', { authorization: `Basic ${Buffer.from('tandem:no').toString('base64')}` }],
    ['another user alone', { authorization: `Basic ${Buffer.from(`proxy:${SECRET}`).toString('base64')}` }],
    ['an empty token', { 'x-gitlab-token': '' }],
    ['a signature of nothing', { 'webhook-signature': '' }],
  ])('[Z5] refuses %s', (_, headers: Record<string, string>) => {
    expect(holds(headers)).toBe(false)
  })

  it('[Z5] refuses another body, another secret and, whatever is said, an empty one', () => {
    const empty = createHmac('sha256', '').update(BODY).digest('hex')
    expect(holds({ 'x-gitea-signature': HEX }, SECRET, Buffer.from('Hello, World'))).toBe(false)
    expect(holds({ 'x-gitea-signature': HEX }, `${SECRET}.`)).toBe(false)
    expect(holds({ 'x-gitea-signature': empty }, '')).toBe(false)
    expect(holds({ 'x-gitlab-token': '' }, '')).toBe(false)
  })
})
