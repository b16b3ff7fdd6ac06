import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type ApplyOptions, apply, plan } from './plan'

/** What is wrong before anything is asked. */

const folder = mkdtempSync(join(tmpdir(), 'headroom-plan-'))
const file = join(folder, 'a.yaml')
const utf16 = join(folder, 'utf16.yaml')

beforeAll(() => {
  vi.stubEnv('HEADROOM_URL', '')
  vi.stubEnv('DATABASE_URL', 'postgresql://127.0.0.1:1/nothing')
  writeFileSync(file, 'apiVersion: openslo/v1\nkind: Service\nmetadata: { name: shop }\nspec: {}\n')
  writeFileSync(utf16, Buffer.from('\ufeffkind: Service\n', 'utf16le'))
})
afterAll(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

describe('headroom plan and apply', () => {
  it.each<[typeof plan, string, ApplyOptions, string]>([
    [plan, 'nowhere', {}, 'There is no file or folder nowhere.'],
    [plan, file, { prune: true }, 'name it with --owner'],
    [plan, file, { format: 'html' }, 'The format is text, json or markdown.'],
    [plan, file, { owner: 'Shop SLOs' }, 'for example git or shop/slos'],
    [plan, file, { tier: 'gold' }, 'The tier is one of critical'],
    [apply, file, { repository: 'git@example.org:shop.git' }, 'beginning with https://'],
    [plan, file, { url: 'localhost:3000' }, '“localhost:3000” is no address: it begins with http:// or https://'],
    [apply, file, { url: 'http://127.0.0.1:1' }, 'Nothing answers at http://127.0.0.1:1'],
  ])('%o cannot tell about %s with %j, and says why in one sentence', (command, path, options, words) =>
    expect(command([path], options)).rejects.toThrow(words),
  )
  it.each([plan, apply])('%o says all faults of all files where some are no text, and asks nobody', async (command) => {
    const wrong = join(folder, 'wrong.yaml')
    writeFileSync(wrong, 'kind: SLO\n')
    let said = ''
    const out = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      said += String(text)
      return true
    })
    vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    expect(await command([utf16, wrong, file], {})).toBe(1)
    out.mockRestore()
    vi.restoreAllMocks()
    expect(said).toContain(`${utf16}:1:1 error The file is UTF-16, not UTF-8. Save it as UTF-8.`)
    expect(said).toContain(`${wrong}:1:1 error The apiVersion is missing. Add apiVersion: openslo/v1.`)
    expect(said).toContain('2 errors in these files: nothing can be planned.')
  })
  it.each([200, 404])('says that something else answers, with %i', async (status) => {
    const server = createServer((_, response) => response.writeHead(status).end('<h1>Hello</h1>'))
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    try {
      await expect(plan([file], { url: `${url}/` })).rejects.toThrow(
        `What answers at ${url} is no Headroom (${status}): check the address.`,
      )
    } finally {
      server.close()
    }
  })
  it('says where a Headroom that runs elsewhere is named', async () => {
    vi.stubEnv('DATABASE_URL', '')
    vi.stubEnv('HEADROOM_DATA', join(folder, 'none'))
    await expect(plan([file], {})).rejects.toThrow('set HEADROOM_DATA to the folder of one that runs')
  })
})
