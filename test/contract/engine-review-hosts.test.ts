import { afterEach, describe, expect, it } from 'vitest'
import { listConflicts } from '../../src/store/conflicts.ts'
import { askToClose, listReviews } from '../../src/store/reviews.ts'
import { BOB } from '../support/engine.ts'
import { githubService } from '../support/hosts/github/program.ts'
import { SERVICES } from '../support/hosts/services.ts'
import { edited, related } from '../support/resources.ts'
import { createReviewed, purchases, type Reviewed, users } from '../support/reviewed-workspace.ts'

const ANNS = 'tandem/staging/ann-lee'
const BOBS = 'tandem/staging/bob-roe'
const ORDERS = 'schema/related-models/orders.yaml'

let reviewed: Reviewed
afterEach(async () => {
  const { problems } = reviewed.program
  await reviewed.close()
  expect(problems).toEqual([])
})

describe.each(SERVICES)('at $name', ({ service, merges }) => {
  it('[S21][S7] without reviews a save is a commit on the branch, and what is pushed there comes in', async () => {
    reviewed = await createReviewed(service(), 'direct')
    const { engine } = reviewed
    const before = await reviewed.head()
    await engine.saved({ writes: [edited(users, { description: 'One' })] })
    await engine.job()
    const person = await reviewed.clone()
    await person.write(ORDERS, 'name: Orders\nsource: warehouse\ntype: table\ntableName: orders\n')
    await person.commit('By hand')
    await person.push()
    await engine.sync()
    expect([
      await reviewed.ahead('main', '%s | %an', before),
      (await engine.value('related-models', 'orders'))?.name,
      await engine.outbox(),
      await reviewed.branches(),
      reviewed.pulls(),
      await reviewed.reviews(),
    ]).toEqual([
      ['By hand | Pat Person', 'Update parent model Users: description | Ann Lee'],
      'Orders',
      0,
      ['main'],
      [],
      [],
    ])
  })

  it('[S21] a protected branch turns a direct save into a review, and later saves into its next commits', async () => {
    reviewed = await createReviewed(service(), 'direct')
    const { engine, program } = reviewed
    await program.protect('main')
    const head = await reviewed.head()
    await engine.saved({ writes: [edited(users, { description: 'One' })] })
    await engine.job()
    await engine.saved({ writes: [edited(users, { primaryLabel: 'email' })] }, BOB)
    await engine.saved({ writes: [edited(purchases, { description: 'Paid' })] }, BOB)
    await engine.job()
    expect([await reviewed.head(), await engine.outbox(), await reviewed.branches()]).toEqual([
      head,
      0,
      ['main', ANNS, BOBS],
    ])
    expect([await reviewed.ahead(ANNS), await reviewed.ahead(BOBS)]).toEqual([
      [
        'Update parent model Users: description, primaryLabel | Bob Roe',
        'Update parent model Users: description | Ann Lee',
      ],
      ['Update related model Purchases: description | Bob Roe'],
    ])
    expect(reviewed.pulls()).toEqual([
      { number: 1, state: 'open', title: 'Update parent model Users: primaryLabel', from: ANNS },
      { number: 2, state: 'open', title: 'Update related model Purchases: description', from: BOBS },
    ])
    expect(program.state.pulls.find(2)?.body).toBe(
      [
        'Saved by Bob Roe in the Tandem workspace `staging`.',
        '**Change related model** `purchases`\n\n- `description`: `Paid`',
        'Saves that follow are added here until it is merged or closed.',
      ].join('\n\n'),
    )
    expect(await reviewed.reviews()).toEqual([
      { person: 'Bob Roe', kind: 'open', number: 2, url: expect.stringMatching(/\/2$/) },
      { person: 'Ann Lee', kind: 'open', number: 1, url: expect.stringMatching(/\/1$/) },
    ])
  })

  it.each(merges)('[S21] merged by %s with another beside it, both come to agree', async (method) => {
    reviewed = await createReviewed(service(), 'review')
    const { engine, program } = reviewed
    await engine.saved({ writes: [edited(users, { description: 'One' })] })
    await engine.saved({ writes: [related('plants')] }, BOB)
    await engine.job()
    for (const pull of program.state.pulls.all) await program.merge(pull, method)
    // Without a fetch of its own: what was merged must not look like something that was taken back.
    await engine.saved({ writes: [edited(users, { description: 'Two' })] })
    await engine.job()
    expect([
      await engine.value('related-models', 'plants'),
      await listConflicts(engine.db, engine.workspace.id),
    ]).toEqual([related('plants').value, []])
    expect([(await reviewed.reviews()).map(({ kind }) => kind), reviewed.pulls().at(-1)]).toEqual([
      ['open', 'merged', 'merged'],
      { number: 3, state: 'open', title: 'Update parent model Users: description', from: `${ANNS}-2` },
    ])
    expect(await reviewed.ahead(`${ANNS}-2`)).toEqual(['Update parent model Users: description | Ann Lee'])
  })

  it('[S21] closed there or here, its resources are conflicts', async () => {
    reviewed = await createReviewed(service(), 'review')
    const { engine, program } = reviewed
    await engine.saved({ writes: [edited(users, { description: 'One' })] })
    await engine.saved({ writes: [edited(purchases, { description: 'Paid' })] }, BOB)
    await engine.job()
    const pull = program.state.pulls.find(1)
    if (pull) pull.state = 'closed'
    const [bobs] = await listReviews(engine.db, engine.workspace.id, 1)
    expect(await askToClose(engine.db, bobs?.id ?? '')).toBe(true)
    await engine.sync()
    expect([
      reviewed.pulls().map(({ state }) => state),
      (await reviewed.reviews()).map(({ kind }) => kind),
      (await listConflicts(engine.db, engine.workspace.id)).map(({ slug }) => slug).sort(),
      await engine.outbox(),
    ]).toEqual([['closed', 'closed'], ['closed', 'closed'], ['purchases', 'users'], 0])
    expect((await engine.sync()).counts).toMatchObject({ conflicts: 2, outbound: 0 })
  })
})

describe('at GitHub', () => {
  it('[S21][S10] another refusal is told in the server’s words, and opens no review', async () => {
    reviewed = await createReviewed(
      { ...githubService(), refusal: () => 'A ticket number is missing.' },
      'direct',
    )
    const { engine, program } = reviewed
    await program.protect('main')
    await engine.saved({ writes: [edited(users, { description: 'One' })] })
    const run = await engine.sync()
    expect([run.state, run.problem?.code, await engine.outbox(), reviewed.pulls()]).toEqual([
      'failed',
      'push-rejected',
      1,
      [],
    ])
    expect(run.problem?.message).toContain('A ticket number is missing.')
  })

  it('[S21] while the host does not answer the branch is synced, and what is missing is made up for', async () => {
    reviewed = await createReviewed(githubService(), 'review')
    const { engine, program } = reviewed
    const [token = ''] = program.tokens.keys()
    program.tokens.set(token, new Set(['files']))
    await engine.saved({ writes: [edited(users, { description: 'One' })] })
    const person = await reviewed.clone()
    await person.write(ORDERS, 'name: Orders\nsource: warehouse\ntype: table\ntableName: orders\n')
    await person.commit('By hand')
    await person.push()
    const run = await engine.sync()
    expect([run.state, run.problem?.code, (await engine.value('related-models', 'orders'))?.name]).toEqual([
      'failed',
      'host-missing-right',
      'Orders',
    ])
    expect([await engine.outbox(), await reviewed.ahead(ANNS), reviewed.pulls()]).toEqual([
      0,
      ['Update parent model Users: description | Ann Lee'],
      [],
    ])
    program.tokens.set(token, new Set(['files', 'pull-requests']))
    // The outbox is empty; the pull request alone is missing.
    await engine.job()
    expect(reviewed.pulls()).toEqual([
      { number: 1, state: 'open', title: 'Update parent model Users: description', from: ANNS },
    ])
  })
})
