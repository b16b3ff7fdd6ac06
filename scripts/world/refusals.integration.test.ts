import { type ChildProcessByStdio, execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer as createWebServer } from 'node:http'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { root, typescript } from '../bootstrap.mjs'
import { sentenceFor } from './failure'
import { freePort } from './ports'
import { unprivileged } from './postgres'
import { oldPostgres } from './test-old-postgres'

let data = ''
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'headroom-refusal-'))
  // Postgres, which never runs as root, has to reach it.
  chmodSync(data, 0o755)
})
afterEach(() => rmSync(data, { recursive: true, force: true }))

type Refusal = { code: number | null; said: string }

async function startWith(env: Record<string, string | undefined>): Promise<Refusal> {
  const port = String(await freePort())
  return ending(
    spawn(process.execPath, typescript('scripts/world/main.ts'), {
      env: { ...process.env, HEADROOM_DATA: data, PORT: port, DATABASE_URL: '', PROMETHEUS_URL: '', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  )
}

async function ending(child: ChildProcessByStdio<null, Readable, Readable>): Promise<Refusal> {
  let said = ''
  child.stderr.on('data', (chunk) => {
    said += chunk
  })
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve))
  return { code, said }
}

const expectSentence = ({ code, said }: Refusal, words: string[]) => {
  expect(code).not.toBe(0)
  for (const word of words) expect(said).toContain(word)
  expect(said.trim().split('\n')).toHaveLength(1)
  expect(said).not.toMatch(/\n\s+at /)
}

const listening = (): Promise<{ server: Server; port: number }> =>
  new Promise((resolve) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => resolve({ server, port: (server.address() as { port: number }).port }))
  })

describe('npm start says in one sentence what to do', () => {
  it('when the port is taken', async () => {
    const { server, port } = await listening()
    expectSentence(await startWith({ PORT: String(port) }), [`Port ${port} is taken`, `PORT=${port + 1}`])
    server.close()
  })
  it('when the port is none', async () => expectSentence(await startWith({ PORT: 'web' }), ['PORT=web is not a port']))
  it('when Postgres cannot be reached', async () =>
    expectSentence(await startWith({ DATABASE_URL: 'postgresql://somebody:secret@127.0.0.1:2/none' }), [
      '127.0.0.1:2/none',
      'DATABASE_URL',
    ]))
  it('when DATABASE_URL is no address', async () =>
    expectSentence(await startWith({ DATABASE_URL: 'my database' }), ['DATABASE_URL is not an address']))
  it('when Prometheus cannot be reached', async () =>
    expectSentence(await startWith({ PROMETHEUS_URL: 'http://127.0.0.1:2', DATABASE_URL: process.env.TEST_DATABASE_URL }), [
      '127.0.0.1:2',
      'PROMETHEUS_URL',
    ]))
  it('when what answers at PROMETHEUS_URL is no Prometheus', async () => {
    const { server, port } = await listening()
    server.on('connection', (socket) => socket.end('HTTP/1.1 404 Not Found\r\ncontent-length: 2\r\n\r\nno'))
    expectSentence(await startWith({ PROMETHEUS_URL: `http://127.0.0.1:${port}`, DATABASE_URL: process.env.TEST_DATABASE_URL }), [
      '404',
      'PROMETHEUS_URL',
    ])
    server.close()
  })
  it('when the demo is asked for beside another Prometheus', async () =>
    expectSentence(await startWith({ PROMETHEUS_URL: 'http://127.0.0.1:2', HEADROOM_DEMO: '1' }), ['HEADROOM_DEMO=0']))
  it('when the data directory belongs to another major of PostgreSQL', async () => {
    mkdirSync(join(data, 'postgres'))
    writeFileSync(join(data, 'postgres', 'PG_VERSION'), '14\n')
    expectSentence(await startWith({}), ['PostgreSQL 14', 'move the folder away'])
  })
  it('when the data directory cannot be one', async () => {
    const file = join(data, 'file')
    writeFileSync(file, '')
    expectSentence(await startWith({ HEADROOM_DATA: join(file, 'inside') }), ['HEADROOM_DATA'])
  })
  it('when Postgres is too old', async () => {
    const { port, stop } = await oldPostgres('140012')
    expectSentence(await startWith({ DATABASE_URL: `postgresql://app@127.0.0.1:${port}/headroom` }), [
      'PostgreSQL 14',
      'needs 15 or newer',
      'DATABASE_URL',
    ])
    await stop()
  })
  it('when the role of DATABASE_URL may not make tables', async () => {
    const server = new URL(process.env.TEST_DATABASE_URL ?? '')
    const name = `refused_${process.pid}`
    const admin = new pg.Client({ connectionString: server.href })
    await admin.connect()
    await admin.query(`CREATE DATABASE ${name}`)
    await admin.query(`CREATE ROLE ${name} LOGIN PASSWORD 'secret'`)
    try {
      const url = Object.assign(new URL(server), { pathname: `/${name}`, username: name, password: 'secret' })
      expectSentence(await startWith({ DATABASE_URL: url.href }), [
        `The role ${name} may not make tables`,
        `GRANT CREATE ON SCHEMA public TO ${name}`,
      ])
    } finally {
      await admin.query(`DROP DATABASE ${name} WITH (FORCE)`)
      await admin.query(`DROP ROLE ${name}`)
      await admin.end()
    }
  })
  it('when the web part cannot be built', async () => {
    const source = createWebServer((_, response) => response.end('{"status":"success","data":{}}'))
    await new Promise<void>((resolve) => source.listen(0, '127.0.0.1', resolve))
    const { port } = source.address() as { port: number }
    const DATABASE_URL = Object.assign(new URL(process.env.TEST_DATABASE_URL ?? ''), { pathname: '/refused_build' }).href
    const admin = new pg.Client({ connectionString: process.env.TEST_DATABASE_URL })
    await admin.connect()
    await admin.query('CREATE DATABASE refused_build')
    try {
      // A build cannot be written below a file.
      const refusal = await startWith({
        ...{ DATABASE_URL, PROMETHEUS_URL: `http://127.0.0.1:${port}`, HEADROOM_DIST: 'package.json/build' },
      })
      expectSentence(refusal, ['The web part could not be built', join(data, 'logs', 'build.log')])
      expect(readFileSync(join(data, 'logs', 'build.log'), 'utf8').length).toBeGreaterThan(20)
    } finally {
      source.close()
      await admin.query('DROP DATABASE refused_build WITH (FORCE)')
      await admin.end()
    }
  })
})

describe('what is needed before anything of the project can run', () => {
  /** What `npm start` runs, in a folder without dependencies. */
  const checkout = (folder: string) => {
    mkdirSync(folder, { recursive: true })
    for (const name of ['scripts', 'package.json', 'package-lock.json', join('prisma', 'schema')])
      cpSync(join(root, name), join(folder, name), { recursive: true })
    return folder
  }
  const start = (folder: string, { flags = [] as string[], user = {}, env = {} } = {}) =>
    ending(
      spawn(process.execPath, [...flags, join(folder, 'scripts', 'start.mjs')], {
        cwd: folder,
        env: { ...process.env, ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
        ...user,
      }),
    )

  it('a Node that is too old is named, and what to install', async () => {
    const pretend = `data:text/javascript,Object.defineProperty(process,'version',{value:'v18.20.4'})`
    const { code, said } = await start(checkout(join(data, 'old')), { flags: ['--import', pretend] })
    expectSentence({ code, said }, ['Node v18.20.4 cannot run Headroom', '20.19', 'https://nodejs.org'])
    expect(existsSync(join(data, 'old', 'node_modules'))).toBe(false)
  })

  it('no right to install says whose the folder has to be', async () => {
    const folder = checkout(join(data, 'closed'))
    const user = unprivileged()
    // What npm needs of its own may be written; the folder may not.
    mkdirSync(join(data, 'npm'))
    chmodSync(join(data, 'npm'), 0o777)
    chmodSync(data, 0o755)
    chmodSync(folder, 0o555)
    const env = { HOME: data, npm_config_cache: join(data, 'npm'), npm_config_offline: 'true' }
    expectSentence(await start(folder, { env, ...(user && { user }) }), [`No right to write into ${folder}`, 'chown'])
    chmodSync(folder, 0o755)
  })

  it('a full disk says how much to free', async () => {
    const disk = join(data, 'disk')
    mkdirSync(disk)
    if (!mounted(disk)) return expectFullDevice()
    try {
      expectSentence(await startWith({ HEADROOM_DATA: join(disk, 'data') }), [
        'The disk is full',
        join(disk, 'data'),
        'HEADROOM_DATA',
      ])
      const folder = checkout(join(disk, 'checkout'))
      needsMuch(folder)
      expectSentence(await start(folder), ['The disk is full', 'GB'])
    } finally {
      execFileSync('umount', ['--lazy', disk])
    }
  })
})

/** Gives the checkout one dependency of 8 MB, so that npm says in seconds what it says of hundreds. */
function needsMuch(folder: string): void {
  const large = join(data, 'large')
  mkdirSync(large)
  writeFileSync(join(large, 'package.json'), '{"name":"large","version":"1.0.0"}')
  writeFileSync(join(large, 'data.bin'), randomBytes(8 * 1024 ** 2))
  const npm = (cwd: string, ...args: string[]) => execFileSync('npm', args, { cwd, stdio: 'ignore' })
  npm(data, 'pack', './large')
  const dependencies = { large: `file:${join(data, 'large-1.0.0.tgz')}` }
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'checkout', version: '1.0.0', dependencies }))
  rmSync(join(folder, 'package-lock.json'))
  npm(folder, 'install', '--package-lock-only', '--offline')
}

/** A disk of 3 MB, where this process may make one. */
function mounted(folder: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', folder], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** Without the right to mount there is still the device that is always full. */
function expectFullDevice(): void {
  let said = ''
  try {
    writeFileSync('/dev/full', 'anything')
  } catch (error) {
    said = sentenceFor(error)
  }
  expect(said).toContain('The disk is full')
}
