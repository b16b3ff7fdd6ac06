import { existsSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { exposition } from '../../lib/demo/exposition'
import { NATIVE_TYPE } from '../../lib/demo/native-exposition'
import { NativeRecorder } from '../../lib/demo/native-traffic'
import { Recorder, restore } from '../../lib/demo/recorder'
import { demoWorld } from '../../lib/demo/world'
import { floorTo } from '../../lib/time-series/units'

/** The process behind every service of the demo: `/metrics` and `/native` for Prometheus. Arguments: port, anchor, file to go on from. */
const [port, anchor, stateFile] = process.argv.slice(2)
const STEP = 15
/** Older counters belong to a process that has ended since. */
const FRESH = 3_600

const now = () => Math.floor(Date.now() / 1000)
const recorder = new Recorder(demoWorld(Number(anchor)))
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

const server = createServer((request, response) => {
  for (const until = now(); at + STEP <= until; at += STEP) {
    recorder.advance(at + STEP, STEP)
    native.advance(at + STEP, STEP)
  }
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
