import { existsSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { json } from 'node:stream/consumers'
import { exposition } from '../../lib/demo/exposition'
import { Faults, newFaultSchema } from '../../lib/demo/faults'
import { NATIVE_TYPE } from '../../lib/demo/native-exposition'
import { NativeRecorder } from '../../lib/demo/native-traffic'
import { Recorder, restore } from '../../lib/demo/recorder'
import { demoWorld } from '../../lib/demo/world'
import { floorTo } from '../../lib/time-series/units'

/**
 * The process behind every service of the demo: `/metrics` and `/native` for Prometheus, `/faults` to break a service on
 * purpose (`npx headroom demo break`), `/inbox` for notices. Arguments: port, anchor, file to go on from.
 */
const [port, anchor, stateFile] = process.argv.slice(2)
const STEP = 15
/** Older counters belong to a process that has ended since. */
const FRESH = 3_600

const now = () => Math.floor(Date.now() / 1000)
const services = demoWorld(Number(anchor))
const faults = new Faults()
const recorder = new Recorder(services, faults)
const native = new NativeRecorder()
let at = floorTo(now(), STEP)

if (stateFile && existsSync(stateFile)) {
  const state = JSON.parse(readFileSync(stateFile, 'utf8')) as { at: number; values: Record<string, number> }
  if (now() - state.at < FRESH) {
    restore(recorder, state.values)
    at = state.at
  }
  rmSync(stateFile)
}

function moveOn(): void {
  for (const until = now(); at + STEP <= until; at += STEP) {
    recorder.advance(at + STEP, STEP)
    native.advance(at + STEP, STEP)
  }
}

/** GET lists, POST {service, share, minutes} breaks, DELETE ?service= mends. */
async function switchFault(request: IncomingMessage, response: ServerResponse, query: URLSearchParams): Promise<void> {
  const answer = (status: number, body: unknown) =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  if (request.method === 'DELETE') return answer(200, { mended: faults.mend(query.get('service') ?? '') })
  if (request.method !== 'POST') return answer(200, { faults: faults.list(now()) })
  const asked = newFaultSchema.safeParse(await json(request).catch(() => null))
  if (!asked.success) return answer(400, { message: asked.error.issues[0]?.message ?? 'Send {"service": …}.' })
  if (!services.some(({ slug }) => slug === asked.data.service))
    return answer(404, { message: `The demo has no service “${asked.data.service}”.` })
  answer(200, faults.break(asked.data, now()))
}

/** Stands for the chat that notices go to: POST takes one in, GET shows the newest. */
const inbox: unknown[] = []
async function takeIn(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method === 'POST') {
    inbox.unshift(await json(request).catch(() => null))
    inbox.length = Math.min(inbox.length, 200)
  }
  response.writeHead(200, { 'content-type': 'application/json' }).end(request.method === 'GET' ? JSON.stringify(inbox) : 'ok')
}

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
  // What happened until now happened without the change.
  moveOn()
  if (pathname === '/inbox') return void takeIn(request, response)
  if (pathname === '/faults') return void switchFault(request, response, searchParams)
  if (request.url === '/native') return response.writeHead(200, { 'content-type': NATIVE_TYPE }).end(native.exposition())
  if (request.url !== '/metrics') return response.writeHead(404).end('The metrics are at /metrics.\n')
  response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }).end(exposition(recorder, at))
})
server.listen(Number(port), '127.0.0.1')
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    server.close(() => process.exit(0))
    server.closeAllConnections()
  })
