import { execFile } from 'node:child_process'
import { createWriteStream, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { floorTo, HOUR, type UnixSeconds } from '../time-series/units'

/** One series with its labels, as it is exposed: name, then samples in the order of time. For tests and benches. */
export type TestSeries = { name: string; at: UnixSeconds[]; values: number[] }

const run = promisify(execFile)
/** The longest block that promtool makes; it reads a file once per block, so each file holds no more than one. */
const BLOCK = 162 * HOUR

/** Makes blocks of an OpenMetrics file. */
export const blocksFromFile = (file: string, data: string) =>
  run(process.env.PROMTOOL_BIN ?? 'promtool', [
    ...['tsdb', 'create-blocks-from', '--quiet', `--max-block-duration=${BLOCK / HOUR}h`, 'openmetrics', file, data],
  ])

/** Makes blocks of series. They may come one after the other, as long as each is whole. */
export async function blocksOf(series: TestSeries[], data: string, folder: string): Promise<void> {
  const starts = new Set(series.flatMap(({ at }) => blockStarts(at)))
  for (const start of [...starts].sort((a, b) => a - b)) {
    const file = join(folder, `${start}.om`)
    await pipeline(Readable.from(linesOf(series, start)), createWriteStream(file))
    await blocksFromFile(file, data)
    rmSync(file)
  }
}

function blockStarts(at: UnixSeconds[]): UnixSeconds[] {
  const [first, last] = [at[0], at.at(-1)]
  if (first === undefined || last === undefined) return []
  const starts = []
  for (let start = floorTo(first, BLOCK); start <= last; start += BLOCK) starts.push(start)
  return starts
}

function* linesOf(series: TestSeries[], start: UnixSeconds): Generator<string> {
  for (const { name, at, values } of series) {
    let text = ''
    for (let i = firstFrom(at, start); i < at.length && (at[i] as number) < start + BLOCK; i += 1)
      text += `${name} ${values[i]} ${at[i]}\n`
    if (text) yield text
  }
  yield '# EOF\n'
}

/** Index of the first sample at or after an instant. */
function firstFrom(at: UnixSeconds[], start: UnixSeconds): number {
  let [low, high] = [0, at.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((at[middle] as number) < start) low = middle + 1
    else high = middle
  }
  return low
}
