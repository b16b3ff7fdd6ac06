import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { freePort } from '../prometheus/test-server'
import { inhibitionOf } from './inhibition'
import { firing, type Labels, nameOf, SITUATIONS } from './inhibition-fixture'

// A release of Alertmanager has both programs; so does the package prometheus-alertmanager of Debian and Ubuntu, installed, as `npm test` does in containers.
const alertmanager = process.env.ALERTMANAGER_BIN ?? 'alertmanager'
const amtool = process.env.AMTOOL_BIN ?? 'amtool'
const absent = (program: string) => spawnSync(program, ['--version']).error !== undefined

let folder = ''
function configured(fragment: string): string {
  folder ||= mkdtempSync(join(tmpdir(), 'headroom-alertmanager-'))
  const path = join(folder, 'alertmanager.yml')
  writeFileSync(path, `route: { receiver: nobody }\nreceivers: [{ name: nobody }]\n${fragment}`)
  return path
}

let running: ChildProcess | undefined
afterEach(async () => {
  const child = running
  running = undefined
  if (!child || child.exitCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await ended
})
afterAll(() => {
  if (folder) rmSync(folder, { recursive: true })
})

describe.skipIf(absent(amtool))('amtool (AMTOOL_BIN)', () => {
  it.each(SITUATIONS)('takes the rules: $what', ({ portable }) => {
    const { status, stdout, stderr } = spawnSync(amtool, ['check-config', configured(inhibitionOf(portable))], {
      encoding: 'utf8',
    })
    expect([status, stderr]).toEqual([0, ''])
    expect(stdout).toContain('inhibit rules')
  })
})

describe.skipIf(absent(alertmanager))('a real Alertmanager (ALERTMANAGER_BIN)', () => {
  it.each(SITUATIONS)('$what', async ({ portable, alerts, mute }) => {
    const url = await started(configured(inhibitionOf(portable)))
    // Alerts are looked at in order: once the last ticket is mute, all of them have been.
    const last = [firing('page', 'last'), firing('ticket', 'last')]
    await post(url, [...alerts, ...last])
    await expect.poll(() => suppressed(url), { timeout: 20_000 }).toContain('ticket last/a')
    expect((await suppressed(url)).filter((name) => name !== 'ticket last/a')).toEqual(mute)
  })
})

async function started(config: string): Promise<string> {
  const url = `http://127.0.0.1:${await freePort()}`
  running = spawn(
    alertmanager,
    [
      ...[`--config.file=${config}`, `--storage.path=${mkdtempSync(join(folder, 'data-'))}`, '--cluster.listen-address='],
      ...[`--web.listen-address=${url.slice(7)}`, '--log.level=error'],
    ],
    { stdio: 'ignore' },
  )
  await expect
    .poll(
      () =>
        fetch(`${url}/-/ready`).then(
          ({ ok }) => ok,
          () => false,
        ),
      { timeout: 20_000 },
    )
    .toBe(true)
  return url
}

async function post(url: string, alerts: Labels[]): Promise<void> {
  const body = JSON.stringify(alerts.map((labels) => ({ labels })))
  const { ok } = await fetch(`${url}/api/v2/alerts`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  expect(ok).toBe(true)
}

async function suppressed(url: string): Promise<string[]> {
  const answer = await fetch(`${url}/api/v2/alerts`)
  const found = (await answer.json()) as { labels: Labels; status: { state: string; inhibitedBy: string[] } }[]
  return found.flatMap(({ labels, status }) => (status.inhibitedBy.length > 0 ? [nameOf(labels)] : [])).sort()
}
