import { isIP } from 'node:net'
import { describe, expect, it } from 'vitest'
import { addressFilter, resolveAddresses } from './address.ts'
import { DEFAULT_GIT_POLICY, type GitPolicy } from './policy.ts'
import { sshRemote, webRemote } from './remote-url.ts'

describe('addressFilter', () => {
  it.each([
    '169.254.169.254',
    '::ffff:169.254.169.254',
    '::ffff:a9fe:a9fe',
    '0:0:0:0:0:ffff:a9fe:a9fe',
    '::a9fe:a9fe',
    '::169.254.169.254',
    '2002:a9fe:a9fe::1',
    '64:ff9b::a9fe:a9fe',
    '64:ff9b:1::a9fe:a9fe',
    'fe80::1%eth0',
    'fe80::1',
    'fd00:ec2::254',
    '100.100.100.200',
    '0.0.0.0',
    '::',
    '224.0.0.1',
  ])('[Z3] denies %s by default', (address) => {
    expect(addressFilter(DEFAULT_GIT_POLICY)(address)).toBe(false)
  })

  it.each(['127.0.0.1', '::1', '10.1.2.3', '192.168.1.1', 'fd12::1', '140.82.121.3', '2606:50c0::1'])(
    '[Z3] allows %s by default: Git on premises is a host like any other',
    (address) => {
      expect(addressFilter(DEFAULT_GIT_POLICY)(address)).toBe(true)
    },
  )

  it('[Z3] follows the lists of the administrator', () => {
    const allowed = addressFilter({
      ...DEFAULT_GIT_POLICY,
      addresses: { allow: ['169.254.7.7'], deny: ['10.0.0.0/8', 'fd00::/8'] },
    })
    expect(['10.9.9.9', 'fd12::1', '169.254.7.7', '169.254.7.8', '11.0.0.1'].map(allowed)).toEqual([
      false,
      false,
      true,
      false,
      true,
    ])
  })
})

describe('resolveAddresses', () => {
  const hosts = (allow: readonly string[], deny: readonly string[]): GitPolicy => ({
    ...DEFAULT_GIT_POLICY,
    hosts: { allow, deny },
  })

  it('[Z3] refuses an address in a denied range, however it is written', async () => {
    await expect(
      resolveAddresses(webRemote('https', '169.254.169.254', 443, '/a'), DEFAULT_GIT_POLICY),
    ).rejects.toMatchObject({
      code: 'refused-by-policy',
      retry: 'never',
    })
  })

  it('[Z3] resolves a name to the addresses that git is pinned to', async () => {
    const addresses = await resolveAddresses(sshRemote('git', 'localhost', 22, '/a'), DEFAULT_GIT_POLICY)
    expect(addresses.length).toBeGreaterThan(0)
    expect(addresses.every((address) => address === '127.0.0.1' || address === '::1')).toBe(true)
  })

  it('[Z3] of several answers pins git to those that are allowed, and refuses when none is', async () => {
    const at = (...answers: string[]) =>
      resolveAddresses(
        webRemote('https', 'git.example.com', 443, '/a'),
        DEFAULT_GIT_POLICY,
        undefined,
        async () => answers.map((address) => ({ address, family: isIP(address) })),
      )
    expect(await at('169.254.169.254', '140.82.121.3', '::ffff:169.254.169.254')).toEqual(['140.82.121.3'])
    await expect(at('169.254.169.254', 'fe80::1', '2002:a9fe:a9fe::')).rejects.toMatchObject({
      code: 'refused-by-policy',
      retry: 'never',
    })
  })

  it('[Z3] a name that points elsewhere the next time is checked the next time', async () => {
    const answers = ['140.82.121.3', '169.254.169.254']
    const rebinding = () =>
      resolveAddresses(
        webRemote('https', 'git.example.com', 443, '/a'),
        DEFAULT_GIT_POLICY,
        undefined,
        async () => [{ address: answers.shift() ?? '', family: 4 }],
      )
    expect(await rebinding()).toEqual(['140.82.121.3'])
    await expect(rebinding()).rejects.toMatchObject({ code: 'refused-by-policy' })
  })

  it('[Z3] follows the lists of hosts', async () => {
    const at = (policy: GitPolicy): Promise<readonly string[]> =>
      resolveAddresses(webRemote('https', 'localhost', 443, '/a'), policy)
    await expect(at(hosts([], ['LOCALHOST']))).rejects.toMatchObject({ code: 'refused-by-policy' })
    await expect(at(hosts(['*.example.com'], []))).rejects.toMatchObject({ code: 'refused-by-policy' })
    await expect(at(hosts(['localhost'], []))).resolves.not.toEqual([])
  })
})
