import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { installProblem, nodeProblem } from '../bootstrap.mjs'
import { spaceProblem } from './data-directory'
import { sentenceFor } from './failure'
import { findPrometheus } from './prometheus'
import type { Run } from './tools'

describe('nodeProblem', () => {
  it.each(['v20.19.0', 'v20.20.2', 'v22.1.0', 'v24.0.0'])('takes %s', (version) => expect(nodeProblem(version)).toBeNull())
  it.each(['v20.18.3', 'v18.20.0', 'v8.0.0'])('refuses %s', (version) => {
    expect(nodeProblem(version)).toContain(version)
    expect(nodeProblem(version)).toContain('20.19')
  })
})

describe('installProblem', () => {
  it.each([
    ['npm error code ENOSPC', 'The disk is full'],
    ['npm error code EACCES\nnpm error path /x', 'No right to write'],
    ['npm error code ENOTFOUND registry', 'registry cannot be reached'],
    ['npm error code EINTEGRITY', 'EINTEGRITY'],
  ])('%s', (output, words) => expect(installProblem(output)).toContain(words))
})

describe('a full disk', () => {
  it('is said before it happens', () => {
    expect(spaceProblem(50 * 1024 ** 2, 100 * 1024 ** 2, '/data')).toContain('/data has 50 MB left and needs 100 MB')
    expect(spaceProblem(200 * 1024 ** 2, 100 * 1024 ** 2, '/data')).toBeNull()
  })
  it('is said when it happens', () =>
    expect(sentenceFor(Object.assign(new Error('write'), { code: 'ENOSPC' }))).toContain('The disk is full'))
})

describe('findPrometheus', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'headroom-tools-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  const install = (bin: string) => {
    mkdirSync(bin, { recursive: true })
    for (const name of ['prometheus', 'promtool']) {
      writeFileSync(join(bin, name), '')
      chmodSync(join(bin, name), 0o755)
    }
  }
  const search = (path: string, run: Run) => findPrometheus(() => {}, { path, tools: join(folder, 'tools'), run })

  it('takes the one on PATH and runs nothing', async () => {
    install(join(folder, 'bin'))
    const found = await search(join(folder, 'bin'), async () => {
      throw new Error('nothing is to be run')
    })
    expect(found).toEqual({ prometheus: join(folder, 'bin', 'prometheus'), promtool: join(folder, 'bin', 'promtool') })
  })

  it('takes what the first way that works has fetched', async () => {
    const ran: string[] = []
    const found = await search(join(folder, 'empty'), async (command, args) => {
      ran.push([command, ...args].join(' '))
      if (ran.length === 2) install(join(folder, 'tools', 'prometheus', 'usr', 'bin'))
      return { code: 1, output: '' }
    })
    expect(found.prometheus).toBe(join(folder, 'tools', 'prometheus', 'usr', 'bin', 'prometheus'))
  })

  it('names PROMETHEUS_URL when every way fails', async () => {
    await expect(search(join(folder, 'empty'), async () => ({ code: 1, output: 'no' }))).rejects.toThrow(/PROMETHEUS_URL/)
  })
})
