import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { installProblem, nodeProblem } from '../bootstrap.mjs'
import { findAlertmanager } from './alertmanager'
import { spaceProblem } from './data-directory'
import { sentenceFor } from './failure'
import { canReach, reachableBinaries } from './postgres'
import { findPrometheus } from './prometheus'
import type { Run } from './tools'

describe('nodeProblem', () => {
  it.each(['v20.19.0', 'v20.20.2', 'v22.12.0', 'v22.20.1', 'v24.0.0', 'v25.1.0', 'v26.0.0'])('takes %s', (version) =>
    expect(nodeProblem(version)).toBeNull(),
  )
  it.each(['v20.18.3', 'v18.20.0', 'v8.0.0', 'v21.7.3', 'v22.1.0', 'v22.11.0', 'v23.11.1'])('refuses %s', (version) => {
    expect(nodeProblem(version)).toContain(version)
    expect(nodeProblem(version)).toContain('20.19')
  })
  it('says what package.json says, and asks for no less than the packages do', () => {
    const { engines } = JSON.parse(readFileSync('package.json', 'utf8')) as { engines: { node: string } }
    expect(engines.node).toBe('^20.19.0 || ^22.12.0 || >=24.0.0')
    const prisma = JSON.parse(readFileSync('node_modules/prisma/package.json', 'utf8')) as { engines: { node: string } }
    expect(prisma.engines.node.replaceAll('.0', '')).toBe(engines.node.replaceAll('.0', ''))
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

describe('findAlertmanager', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'headroom-tools-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))
  const install = (...names: string[]) => {
    for (const name of names) writeFileSync(join(folder, name), '', { mode: 0o755 })
  }
  const nothing: Run = async () => {
    throw new Error('nothing is to be run')
  }
  const search = (mayInstall: boolean, run: Run) => findAlertmanager(() => {}, { path: folder, mayInstall, run })

  it('takes the one on PATH, under either name, and runs nothing', async () => {
    install('prometheus-alertmanager', 'amtool')
    expect(await search(true, nothing)).toEqual({
      alertmanager: join(folder, 'prometheus-alertmanager'),
      amtool: join(folder, 'amtool'),
    })
    install('alertmanager')
    expect((await search(true, nothing))?.alertmanager).toBe(join(folder, 'alertmanager'))
  })
  it('installs one where that starts no service, and nowhere else', async () => {
    expect(await search(false, nothing)).toBeNull()
    const installed = await search(true, async () => {
      install('alertmanager', 'amtool')
      return { code: 0, output: '' }
    })
    expect(installed).not.toBeNull()
  })
  it('goes on without one', async () => expect(await search(true, async () => ({ code: 1, output: 'no' }))).toBeNull())
})

describe('where a user who owns nothing can go', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'headroom-reach-'))
    chmodSync(folder, 0o755)
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))
  const self = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 }
  const native = () => {
    const path = join(folder, 'home', 'package', 'native')
    mkdirSync(join(path, 'bin'), { recursive: true })
    writeFileSync(join(path, 'bin', 'postgres'), 'a program')
    writeFileSync(join(path, '..', 'package.json'), '{"version":"18.4.0"}')
    return path
  }

  it('ends at the first folder that is closed to others, whatever lies open below', () => {
    mkdirSync(join(folder, 'home', 'open'), { recursive: true })
    expect(canReach(join(folder, 'home', 'open'))).toBe(true)
    expect(canReach(join(folder, 'home', 'not', 'there', 'yet'))).toBe(true)
    chmodSync(join(folder, 'home'), 0o700)
    expect(canReach(join(folder, 'home', 'open'))).toBe(false)
  })

  it('has the programs of Postgres where they are, when it can walk there', () => {
    expect(reachableBinaries(self, join(folder, 'reachable'), native())).toBe(join(folder, 'home', 'package', 'native'))
    expect(existsSync(join(folder, 'reachable'))).toBe(false)
  })

  it('has a copy of them otherwise, made once', () => {
    const closed = native()
    chmodSync(join(folder, 'home'), 0o700)
    const copy = reachableBinaries(self, join(folder, 'reachable'), closed)
    expect(copy).toBe(join(folder, 'reachable', 'postgres-18.4.0'))
    expect(canReach(join(copy, 'bin'))).toBe(true)
    expect(readFileSync(join(copy, 'bin', 'postgres'), 'utf8')).toBe('a program')
    writeFileSync(join(closed, 'bin', 'postgres'), 'another one')
    expect(reachableBinaries(self, join(folder, 'reachable'), closed)).toBe(copy)
    expect(readFileSync(join(copy, 'bin', 'postgres'), 'utf8')).toBe('a program')
  })

  it('an interrupted copy is made anew', () => {
    const closed = native()
    chmodSync(join(folder, 'home'), 0o700)
    mkdirSync(join(folder, 'reachable', 'postgres-18.4.0', 'bin'), { recursive: true })
    const copy = reachableBinaries(self, join(folder, 'reachable'), closed)
    expect(readFileSync(join(copy, 'bin', 'postgres'), 'utf8')).toBe('a program')
  })
})
