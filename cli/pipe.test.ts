import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { root } from '../scripts/bootstrap.mjs'
import { definitionFiles } from './definitions-fixture'
import { endWithReader } from './pipe'

const { remove, cart, wrong } = definitionFiles()
afterAll(remove)

const EPIPE = Object.assign(new Error('write EPIPE'), { code: 'EPIPE' })

describe('when nobody reads any more', () => {
  it.each<[number | undefined, number]>([
    [0, 0],
    [1, 1],
    [2, 2],
    [undefined, 141],
  ])('the verdict %s ends with %i', (exitCode, expected) => {
    const [stdout, stderr] = [new PassThrough(), new PassThrough()]
    const exit = vi.fn()
    endWithReader(stdout, stderr, { exitCode, exit })
    stderr.emit('error', EPIPE)
    expect(exit).not.toHaveBeenCalled()
    stdout.emit('error', EPIPE)
    expect(exit.mock.calls).toEqual([[expected]])
  })
  it('a disk that is full is one sentence, whatever the verdict was', () => {
    const [stdout, stderr] = [new PassThrough(), new PassThrough()]
    const exit = vi.fn()
    endWithReader(stdout, stderr, { exitCode: 0, exit })
    stdout.emit('error', Object.assign(new Error('ENOSPC'), { code: 'ENOSPC', syscall: 'write' }))
    expect([stderr.read()?.toString(), exit.mock.calls]).toEqual(['The output cannot be written: the disk is full.\n', [[2]]])
  })

  it.each<[string[], number]>([
    [['rules', cart], 0],
    [['lint', wrong, '--format', 'json'], 1],
    [['lint', wrong], 1],
    [['dashboards', cart, '--format', 'json'], 0],
  ])(
    'headroom %j ends without a word',
    async (args, code) => {
      const child = spawn(process.execPath, [join(root, 'cli/headroom.mjs'), ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
      // Before it has written anything.
      child.stdout.destroy()
      let said = ''
      child.stderr.on('data', (words) => {
        said += words
      })
      const [status] = await once(child, 'close')
      expect([status, said]).toEqual([code, ''])
    },
    30_000,
  )
})
