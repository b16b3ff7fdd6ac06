import { spawn, spawnSync } from 'node:child_process'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { pool } from '../db/client'
import { MINUTE } from '../time-series/units'
import { deleteRelease } from './commands'
import { listReleases } from './reads'
import { AT, count, database, ENGINEER, iso, list, NOW, releaseWorld, report, VIEWER } from './release-world-fixture'
import { newReleaseSchema, releaseFilterSchema } from './schema'

releaseWorld()

describe('a release that is reported', () => {
  it('is kept once for the same service, version and instant', async () => {
    const first = await report({ at: iso(AT), link: 'https://ci.example.org/7', description: 'First.' })
    expect(first).toEqual({ id: 1, service: 'checkout', version: '1.42.0', at: AT, known: false })
    expect(await report({ at: iso(AT), description: 'Second.' })).toEqual({ ...first, known: true })
    expect((await report({ at: iso(AT + 1) })).known).toBe(false)
    expect((await report({ at: iso(AT), service: 'search-api' })).known).toBe(false)
    expect((await list()).items.at(-1)).toMatchObject({
      description: 'First.',
      link: 'https://ci.example.org/7',
      reportedBy: 'Emil',
    })
  })

  it('without an instant is the same within ten minutes, and another one after', async () => {
    const first = await report({}, NOW)
    expect(first).toMatchObject({ at: NOW, known: false })
    expect(await report({}, NOW + 599)).toEqual({ ...first, known: true })
    expect((await report({}, NOW + 600)).known).toBe(false)
    expect((await report({ version: '1.43.0' }, NOW)).known).toBe(false)
  })

  it('by many at once is one', async () => {
    const all = await Promise.all(Array.from({ length: 8 }, (_, i) => report({}, NOW + i)))
    expect(new Set(all.map(({ id }) => id)).size).toBe(1)
    expect([all.filter(({ known }) => !known).length, await count()]).toEqual([1, 1])
  })

  it.each([
    [{ at: iso(NOW + 301) }, 'at', 'This instant is 6 minutes ahead of the portal’s clock, which says 20:00:00 UTC.'],
    [{ service: 'chekout' }, 'service', 'There is no service “chekout”. Did you mean checkout or checkout-web?'],
    [{ service: 'zzz' }, 'service', 'There is no service “zzz”. GET /api/v1/services lists them.'],
  ])('is refused with a sentence at its field: %j', async (input, path, sentence) => {
    const refusal = await report(input).catch((error) => error)
    expect(refusal.issues[0].path).toBe(path)
    expect(refusal.message.replace("'", '’')).toContain(sentence)
    expect(await count()).toBe(0)
  })

  it('up to five minutes ahead is taken: clocks differ', async () =>
    expect((await report({ at: iso(NOW + 300) })).known).toBe(false))

  it.each([
    [{ version: ' ' }, 'Name the version, for example 1.42.0 or a commit.'],
    [{ link: 'javascript:alert(1)' }, 'Write a link that begins with http:// or https://.'],
    [{ at: 'yesterday' }, 'Write the instant as a date and a time with a zone, for example 2026-07-15T12:00:00Z.'],
  ])('is refused before it gets here: %j', (input, sentence) =>
    expect(newReleaseSchema.safeParse({ service: 'checkout', version: '1', ...input }).error?.issues[0]?.message).toBe(sentence),
  )

  it('by a viewer is refused; removing one needs a reason and leaves an audit row', async () => {
    await expect(report({}, NOW, VIEWER)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    const { id } = await report()
    await expect(deleteRelease(VIEWER, { id, reason: 'x' })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await deleteRelease(ENGINEER, { id, reason: 'Wrong service.' })
    await expect(deleteRelease(ENGINEER, { id, reason: 'Again.' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const { rows } = await pool().query('SELECT action, after FROM audit_entry ORDER BY id')
    expect(rows.map(({ action }) => action)).toEqual(['release.report', 'release.delete'])
    expect(rows[1].after).toEqual({ reason: 'Wrong service.' })
  })

  it('pages from the newest to the oldest', async () => {
    for (let i = 0; i < 5; i += 1) await report({ at: iso(AT + (i % 3) * MINUTE), version: `1.${i}` })
    const seen: string[] = []
    for (let before: number | null | undefined; before !== null; ) {
      const page = await listReleases(VIEWER, releaseFilterSchema.parse({ limit: 2, ...(before && { before }) }), NOW)
      seen.push(...page.items.map(({ version }) => version))
      before = page.next
    }
    expect(seen).toEqual(['1.2', '1.4', '1.1', '1.3', '1.0'])
  })
})

describe('npx headroom release', () => {
  const cli = (args: string[], env: Record<string, string> = {}) =>
    spawnSync(process.execPath, ['cli/headroom.mjs', 'release', ...args], {
      env: { ...process.env, DATABASE_URL: database.url, ...env },
      encoding: 'utf8',
    })

  it('reports to the database that is named, once, and says so', () => {
    const args = ['--service', 'checkout', '--version', '2.0.0', '--at', '2026-07-16T12:00:00Z']
    const first = cli(args)
    expect([first.status, first.stdout]).toEqual([0, 'checkout 2.0.0, released 2026-07-16 12:00 UTC, is release 1.\n'])
    expect(cli(args).stdout).toBe('checkout 2.0.0, released 2026-07-16 12:00 UTC, was known already: release 1.\n')
    const unknown = cli(['--service', 'chekout', '--version', '1'])
    expect([unknown.status, unknown.stderr]).toEqual([
      2,
      'There is no service “chekout”. Did you mean checkout or checkout-web?\n',
    ])
    expect(cli(['--service', 'checkout']).status).toBe(2)
  })

  it('reports to an API, with its token and in its words', async () => {
    const seen: unknown[] = []
    const server: Server = createServer((request, response) => {
      let body = ''
      request.on('data', (chunk) => {
        body += chunk
      })
      request.on('end', () => {
        seen.push([request.method, request.url, request.headers.authorization, JSON.parse(body)])
        const good = { id: 7, service: 'checkout', version: '2.0.0', at: '2026-07-16T12:00:00.000Z', known: false }
        const refused = { type: 'about:blank', title: 'Not allowed', status: 403, detail: 'Viewers do not report releases.' }
        const fine = request.headers.authorization === 'Bearer hr_right'
        response.writeHead(fine ? 201 : 403, { 'content-type': 'application/json' }).end(JSON.stringify(fine ? good : refused))
      })
    }).listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`

    const run = (token: string) =>
      new Promise<[number | null, string]>((resolve) => {
        const child = spawn(process.execPath, [
          'cli/headroom.mjs',
          'release',
          '--service',
          'checkout',
          '--version',
          '2.0.0',
          '--url',
          url,
          '--token',
          token,
        ])
        let output = ''
        for (const stream of [child.stdout, child.stderr])
          stream.on('data', (chunk) => {
            output += chunk
          })
        child.once('close', (code) => resolve([code, output]))
      })
    expect(await run('hr_right')).toEqual([0, 'checkout 2.0.0, released 2026-07-16 12:00 UTC, is release 7.\n'])
    expect(await run('hr_wrong')).toEqual([1, 'Viewers do not report releases.\n'])
    expect(seen[0]).toEqual(['POST', '/api/v1/releases', 'Bearer hr_right', { service: 'checkout', version: '2.0.0' }])
    await new Promise((resolve) => server.close(resolve))
  })
})
