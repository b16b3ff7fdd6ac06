import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { historyTexts } from '../../lib/demo/history'
import { Recorder, valuesOf } from '../../lib/demo/recorder'
import { demoWorld } from '../../lib/demo/world'
import { DAY, floorTo, HOUR, MINUTE, toUnix, type UnixSeconds } from '../../lib/time-series/units'
import type { DataDirectory } from './data-directory'
import { Failure } from './failure'
import { run } from './tools'

const DAYS = 90
/** A shorter stop stays what it was: a gap that the portal shows. */
const LONG_STOP = 6 * HOUR

export type DemoState = { anchor: UnixSeconds; warehouseGone: boolean }

const fileOf = (data: DataDirectory) => data.at('demo.json')
export const goOnFile = (data: DataDirectory): string => data.at('demo-counters.json')

export function demoState(data: DataDirectory): DemoState | null {
  return existsSync(fileOf(data)) ? (JSON.parse(readFileSync(fileOf(data), 'utf8')) as DemoState) : null
}

export const saveDemo = (data: DataDirectory, state: DemoState): void => writeFileSync(fileOf(data), JSON.stringify(state))

/**
 * Gives Prometheus the past of the demo before it starts: ninety days the first time, and after a long stop what the
 * services did meanwhile. Interrupted, it begins anew.
 */
export async function preparePast(data: DataDirectory, promtool: string, say: (note: string) => void): Promise<DemoState> {
  const to = floorTo(toUnix(new Date()), MINUTE)
  const known = demoState(data)
  if (!known) {
    rmSync(data.at('prometheus'), { recursive: true, force: true })
    await makeBlocks(data, promtool, { anchor: to, from: to - DAYS * DAY, to }, say)
    const state = { anchor: to, warehouseGone: false }
    saveDemo(data, state)
    return state
  }
  const from = newestBlockEnd(data.at('prometheus'))
  if (to - lastSeen(data) > LONG_STOP) await makeBlocks(data, promtool, { anchor: known.anchor, from, to }, say)
  else say('there already')
  return known
}

type Stretch = { anchor: UnixSeconds; from: UnixSeconds; to: UnixSeconds }

async function makeBlocks(data: DataDirectory, promtool: string, { anchor, from, to }: Stretch, say: (note: string) => void) {
  const work = data.at('demo-past')
  rmSync(work, { recursive: true, force: true })
  mkdirSync(join(work, 'blocks'), { recursive: true })
  const recorder = new Recorder(demoWorld(anchor))
  const days = Math.max(1, Math.round((to - from) / DAY))
  let turn = 0
  let storing = Promise.resolve()
  for (const text of historyTexts(recorder, from, to)) {
    await storing
    const file = join(work, `${turn}.om`)
    writeFileSync(file, text)
    storing = store(promtool, file, join(work, 'blocks'))
    turn += 1
    say(`${days} days of history, part ${turn}`)
  }
  await storing
  writeFileSync(goOnFile(data), JSON.stringify({ at: to, values: valuesOf(recorder) }))
  mkdirSync(data.at('prometheus'), { recursive: true })
  for (const block of readdirSync(join(work, 'blocks'))) renameSync(join(work, 'blocks', block), data.at('prometheus', block))
  rmSync(work, { recursive: true, force: true })
  say(`${days} days of history`)
}

async function store(promtool: string, file: string, folder: string): Promise<void> {
  const { code, output } = await run(promtool, [
    'tsdb',
    'create-blocks-from',
    '--max-block-duration=162h',
    'openmetrics',
    file,
    folder,
  ])
  rmSync(file, { force: true })
  if (/no space left/i.test(output)) throw new Failure('The disk is full: free about 1 GB, then start again.')
  if (code !== 0) throw new Failure(`promtool could not store the history of the demo: ${output.trim().split('\n').at(-1)}`)
}

/** What lies behind the newest block was in memory; new blocks have to begin where blocks end. */
function newestBlockEnd(folder: string): UnixSeconds {
  const ends = readdirSync(folder)
    .map((name) => join(folder, name, 'meta.json'))
    .filter((meta) => existsSync(meta))
    .map((meta) => (JSON.parse(readFileSync(meta, 'utf8')) as { maxTime: number }).maxTime / 1000)
  return Math.max(...ends)
}

const heartbeatFile = (data: DataDirectory) => data.at('demo-seen')
/** Keeps in mind that the demo runs now; the returned function stops that. */
export function keepSeen(data: DataDirectory): () => void {
  const note = () => writeFileSync(heartbeatFile(data), String(toUnix(new Date())))
  note()
  const timer = setInterval(note, 30_000)
  return () => clearInterval(timer)
}

const lastSeen = (data: DataDirectory): UnixSeconds =>
  existsSync(heartbeatFile(data)) ? Number(readFileSync(heartbeatFile(data), 'utf8')) : 0
