import { spawn } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { typescript } from '../bootstrap.mjs'
import { freePort } from './ports'

let data = ''
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'headroom-refusal-'))
  // Postgres, which never runs as root, has to reach it.
  chmodSync(data, 0o755)
})
afterEach(() => rmSync(data, { recursive: true, force: true }))

async function startWith(env: Record<string, string | undefined>): Promise<{ code: number | null; said: string }> {
  const port = String(await freePort())
  const child = spawn(process.execPath, typescript('scripts/world/main.ts'), {
    env: { ...process.env, HEADROOM_DATA: data, PORT: port, DATABASE_URL: '', PROMETHEUS_URL: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (chunk) => {
    said += chunk
  })
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve))
  return { code, said }
}

const listening = (): Promise<{ server: Server; port: number }> =>
  new Promise((resolve) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => resolve({ server, port: (server.address() as { port: number }).port }))
  })

describe('npm start says in one sentence what to do', () => {
  const expectSentence = ({ code, said }: { code: number | null; said: string }, words: string[]) => {
    expect(code).not.toBe(0)
    for (const word of words) expect(said).toContain(word)
    expect(said.trim().split('\n')).toHaveLength(1)
    expect(said).not.toMatch(/\n\s+at /)
  }

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
})
