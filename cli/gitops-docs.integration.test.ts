import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { POST as applyRoute } from '../app/api/v1/slo-as-code/apply/route'
import { POST as planRoute } from '../app/api/v1/slo-as-code/plan/route'
import { db, disconnect } from '../lib/db/client'
import { testDatabase } from '../lib/db/test-database'
import { serviceFile, sloFile } from '../lib/slo-as-code/gitops-fixture'
import { root } from '../scripts/bootstrap.mjs'
import { create } from './token'

/** The pipelines of docs/gitops.md, as they stand there, against the routes themselves and a forge that keeps comments. */

type Step = { name?: string; run?: string }
const blocks = [...readFileSync('docs/gitops.md', 'utf8').matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text]) =>
  parse(text as string),
)
const [github, gitlab] = blocks as [{ jobs: { slos: { steps: Step[] } } }, Record<string, { script: string[] }>]
const githubStep = (name: string): string => github.jobs.slos.steps.find((step) => step.name === name)?.run ?? ''

let database: Awaited<ReturnType<typeof testDatabase>>
let server: Server
let url = ''
let token = ''
let comments: { id: number; body: string }[] = []
const folder = mkdtempSync(join(tmpdir(), 'headroom-gitops-'))

const textOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

async function answer(request: IncomingMessage): Promise<Response> {
  const path = request.url ?? ''
  const body = await textOf(request)
  if (path.startsWith('/api/v1/slo-as-code/')) {
    const headers = request.headers as Record<string, string>
    const asked = new Request(`${url}${path}`, { method: 'POST', headers, body })
    return path.endsWith('apply') ? applyRoute(asked) : planRoute(asked)
  }
  if (request.method === 'GET') return Response.json(comments)
  const { body: said } = JSON.parse(body) as { body: string }
  const known = comments.find(({ id }) => path.endsWith(`/${id}`))
  if (known) known.body = said
  else comments.push({ id: comments.length + 1, body: said })
  return Response.json({})
}

beforeAll(async () => {
  database = await testDatabase()
  await db().team.create({ data: { slug: 'payments', name: 'Payments' } })
  await db().dataSource.create({ data: { name: 'prometheus', url: 'http://127.0.0.1:1' } })
  token = (await create({ name: 'git', role: 'slo_owner' })).split('\n')[0] ?? ''
  server = createServer(async (request, response) => {
    const found = await answer(request)
    response.writeHead(found.status, Object.fromEntries(found.headers)).end(await found.text())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  mkdirSync(join(folder, 'slos'))
})
afterAll(async () => {
  server.close()
  await disconnect()
  await database.drop()
})
beforeEach(() => {
  comments = []
  writeFileSync(join(folder, 'slos', 'shop.yaml'), `${serviceFile('shop')}---\n${sloFile('availability')}`)
})

/** `npx --prefix … headroom` is the command of this checkout. */
function shell(script: string, env: Record<string, string> = {}): Promise<{ code: number | null; said: string }> {
  const command = [process.execPath, join(root, 'cli', 'headroom.mjs')].map((word) => `'${word}'`).join(' ')
  const child = spawn('bash', ['-e', '-c', `npx() { shift 3; ${command} "$@"; }\n${script}`], {
    cwd: folder,
    env: {
      ...{ PATH: process.env.PATH, HOME: process.env.HOME, HEADROOM_URL: url, HEADROOM_TOKEN: token, OWNER: 'shop/slos' },
      ...{ GH_TOKEN: 'x', GITHUB_API_URL: `${url}/github`, GITHUB_REPOSITORY: 'shop/slos', PULL_REQUEST: '7' },
      ...{ GITHUB_STEP_SUMMARY: join(folder, 'summary.md'), GITHUB_SERVER_URL: 'https://git.example.org' },
      ...{ GITLAB_TOKEN: 'x', CI_API_V4_URL: `${url}/gitlab`, CI_PROJECT_ID: '1', CI_MERGE_REQUEST_IID: '7', ...env },
    } as unknown as NodeJS.ProcessEnv,
  })
  let said = ''
  child.stdout.on('data', (text) => (said += text))
  child.stderr.on('data', (text) => (said += text))
  return new Promise((resolve) => child.once('exit', (code) => resolve({ code, said })))
}

const scriptOf = (job: string): string => (gitlab[job]?.script ?? []).join('\n')

describe.each([
  ['GitHub', githubStep('Plan'), githubStep('Apply')],
  ['GitLab', scriptOf('slo-plan'), scriptOf('slo-apply')],
])('the pipeline of %s', (forge, plan, apply) => {
  const file = join(folder, 'slos', 'shop.yaml')

  it('comments the plan once, says what is wrong in the same comment, and then applies', async () => {
    const target = forge === 'GitHub' ? 0.99 : 0.98
    const content = (more = '') => `${serviceFile('shop')}---\n${sloFile('availability', { target })}${more}`
    writeFileSync(file, content())
    const planned = await shell(plan)
    expect(planned.code, planned.said).toBe(0)
    expect(comments).toHaveLength(1)
    expect(comments[0]?.body).toMatch(/^<!-- headroom plan shop\/slos -->\n### Plan for shop\/slos: /)
    expect(comments[0]?.body).toMatch(/\| (create|change) \| SLO shop\/availability \|/)

    writeFileSync(file, content(`---\n${sloFile('broken', { service: 'shp' })}`))
    const wrong = await shell(plan)
    expect(wrong.code, wrong.said).toBe(1)
    expect(comments).toHaveLength(1)
    expect(comments[0]?.body).toContain('There is no service “shp”')

    writeFileSync(file, content())
    const applied = await shell(apply, {
      GITHUB_SHA: 'abc123',
      CI_COMMIT_SHA: 'def456',
      CI_PROJECT_URL: 'https://git.example.org/shop',
    })
    expect(applied.code, applied.said).toBe(0)
    expect(await db().slo.findFirst({ where: { slug: 'availability' } })).toMatchObject({ managedBy: 'shop/slos', target })
    expect(await db().managedSet.findFirst()).toMatchObject({ revision: forge === 'GitHub' ? 'abc123' : 'def456' })
  })

  it('fails without a word on the change when nothing can be asked', async () => {
    const refused = await shell(plan, { HEADROOM_TOKEN: 'hr_wrong' })
    expect(refused.code).not.toBe(0)
    expect(refused.said).toContain('unknown, expired or revoked')
    expect(comments).toEqual([])
  })
})
