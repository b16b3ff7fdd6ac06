import { execFile, execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePort } from '../prometheus/test-server'
import { EVERY_KIND, portableSlo } from './every-kind-fixture'
import { inhibitionOf } from './inhibition'

/** A real Alertmanager mutes by what is written. Without the program on this machine these tests are left out. */

const run = promisify(execFile)
const { AMTOOL_BIN: amtool = 'amtool', ALERTMANAGER_BIN: alertmanager = 'prometheus-alertmanager' } = process.env
const there = [amtool, alertmanager].every((program) => {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})

// web needs cart, cart needs db; mail and news need one another. Nothing mutes web/paid.
const service = (slug: string, dependencies: string[]) => ({ slug, name: slug, description: '', labels: {}, dependencies })
const slo = (of: string, slug: string, muted = true) => {
  const made = portableSlo(EVERY_KIND[0] as never, { service: of, slug })
  return { ...made, alerting: made.alerting && { ...made.alerting, suppressByDependency: muted } }
}
const portable = {
  services: [
    ...[service('web', ['cart']), service('cart', ['db']), service('db', [])],
    ...[service('mail', ['news']), service('news', ['mail']), service('last', [])],
  ],
  slos: [
    ...[slo('web', 'pages'), slo('web', 'paid', false), slo('cart', 'up'), slo('db', 'answers')],
    ...[slo('mail', 'sent'), slo('news', 'read'), slo('last', 'one')],
  ],
}

const config = `route: { receiver: nobody }\nreceivers: [{ name: nobody }]\n${inhibitionOf(portable)}`
let [folder, file, address] = ['', '', '']
let child: ReturnType<typeof spawn> | undefined

beforeAll(async () => {
  if (!there) return
  folder = mkdtempSync(join(tmpdir(), 'headroom-alertmanager-'))
  file = join(folder, 'alertmanager.yml')
  writeFileSync(file, config)
  address = `127.0.0.1:${await freePort()}`
  const args = [`--config.file=${file}`, `--storage.path=${folder}`, `--web.listen-address=${address}`]
  child = spawn(alertmanager, [...args, '--cluster.listen-address=', '--log.level=debug'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr?.on('data', (text) => {
    said += text
  })
  await until(async () => {
    if (child?.exitCode !== null) throw new Error(`Alertmanager does not start: ${said}`)
    return fetch(`http://${address}/-/ready`).then(
      ({ ok }) => ok,
      () => false,
    )
  })
})
afterAll(async () => {
  if (child && child.exitCode === null) {
    const ended = new Promise((resolve) => child?.once('exit', resolve))
    child.kill('SIGTERM')
    await ended
  }
  if (folder) rmSync(folder, { recursive: true })
})

async function until(happened: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 150; attempt += 1) {
    if (await happened()) return
    await wait(100)
  }
  throw new Error('Alertmanager does not get there.')
}

type Alert = { labels: Record<string, string>; status: { state: string; inhibitedBy: string[] } }
const named = ({ service, slo, severity }: Record<string, string>) => `${service}/${slo} ${severity}`
const alerts = async () => (await (await fetch(`http://${address}/api/v2/alerts`)).json()) as Alert[]
const muted = async () =>
  (await alerts())
    .filter(({ status }) => status.inhibitedBy.length > 0)
    .map(({ labels }) => named(labels))
    .sort()

async function post(fired: string[], alertname = 'SLOBudgetBurn'): Promise<void> {
  const body = fired.map((text) => {
    const [, service, slo, severity] = /^(.+)\/(.+) (.+)$/.exec(text) ?? []
    return { labels: { alertname, service, slo, severity, long: '1h', short: '5m' } }
  })
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(`http://${address}/api/v2/alerts`, { method: 'POST', headers, body: JSON.stringify(body) })
  expect(answer.status).toBe(200)
}

describe.skipIf(!there)('inhibition in Alertmanager', () => {
  it('is a configuration that amtool takes', async () => {
    expect((await run(amtool, ['check-config', file])).stdout).toMatch(/SUCCESS[\s\S]*5 inhibit rules/)
  })

  it('mutes what the portal would', async () => {
    await post(['web/pages page', 'web/paid page', 'web/pages ticket', 'cart/up ticket', 'db/answers page', 'db/answers ticket'])
    await post(['mail/sent page', 'news/read page', 'news/read ticket'])
    await post(['web/pages ticket'], 'SLODataAbsent')
    // They are looked at in the order they came: once the last one is mute, all are judged.
    await post(['last/one page', 'last/one ticket'])
    await until(async () => (await muted()).includes('last/one ticket'))
    expect(await alerts()).toHaveLength(12)
    expect(await muted()).toEqual([
      'cart/up ticket', // db pages, and cart needs it
      'db/answers ticket', // its own page
      'last/one ticket',
      'news/read ticket', // its own page, and the one of mail; neither page mutes the other
      'web/pages page', // db pages, and web needs it through cart
      'web/pages ticket',
    ])
  })
})
