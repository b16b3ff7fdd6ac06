/** Native histograms as Prometheus scrapes them: only its protobuf format has them (io.prometheus.client.MetricFamily). */

/** Counts by bucket index; bucket i holds what is in (2^((i − 1) / 8), 2^(i / 8)] seconds. */
export type NativeHistogram = { labels: Record<string, string>; buckets: Map<number, number>; sum: number; at?: number }

export const NATIVE_TYPE = 'application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited'

const SCHEMA = 3
const PER_DOUBLING = 2 ** SCHEMA
/** Anything above zero tells Prometheus that a histogram is native. */
const ZERO_THRESHOLD = 2 ** -128
const HISTOGRAM = 4

export const bucketOf = (seconds: number): number => Math.ceil(Math.log2(seconds) * PER_DOUBLING)
export const upperBoundOf = (bucket: number): number => 2 ** (bucket / PER_DOUBLING)

/** One family with its histograms, length first. `at` is milliseconds since 1970; without it a scrape is now. */
export function nativeExposition(name: string, histograms: NativeHistogram[]): Buffer {
  const family = Buffer.concat([
    text(1, name),
    number(3, HISTOGRAM),
    ...histograms.map((histogram) => nested(4, metricOf(histogram))),
  ])
  return Buffer.concat([varint(family.length), family])
}

function metricOf({ labels, buckets, sum, at }: NativeHistogram): Buffer {
  return Buffer.concat([
    ...Object.entries(labels).map(([label, value]) => nested(1, Buffer.concat([text(1, label), text(2, value)]))),
    ...(at === undefined ? [] : [number(6, at)]),
    nested(7, histogramOf(buckets, sum)),
  ])
}

function histogramOf(buckets: Map<number, number>, sum: number): Buffer {
  const indexes = [...buckets.keys()].sort((a, b) => a - b)
  const spans: Buffer[] = []
  const deltas: Buffer[] = []
  let end = 0
  let before = 0
  for (let i = 0; i < indexes.length; ) {
    const first = indexes[i] as number
    let length = 1
    while (indexes[i + length] === first + length) length += 1
    spans.push(nested(12, Buffer.concat([signed(1, first - end), number(2, length)])))
    end = first + length
    i += length
  }
  for (const index of indexes) {
    const count = buckets.get(index) ?? 0
    deltas.push(signed(13, count - before))
    before = count
  }
  const count = [...buckets.values()].reduce((all, one) => all + one, 0)
  return Buffer.concat([...[number(1, count), double(2, sum), signed(5, SCHEMA), double(6, ZERO_THRESHOLD)], ...spans, ...deltas])
}

const VARINT = 0
const DOUBLE = 1
const BYTES = 2
const key = (field: number, type: number): Buffer => varint(field * 8 + type)

function varint(value: number): Buffer {
  const bytes: number[] = []
  let rest = value
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128)
  return Buffer.from([...bytes, rest])
}

const number = (field: number, value: number): Buffer => Buffer.concat([key(field, VARINT), varint(value)])
/** Zigzag: small negative numbers stay short. */
const signed = (field: number, value: number): Buffer => number(field, value < 0 ? -2 * value - 1 : 2 * value)
const nested = (field: number, content: Buffer): Buffer => Buffer.concat([key(field, BYTES), varint(content.length), content])
const text = (field: number, value: string): Buffer => nested(field, Buffer.from(value))

function double(field: number, value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeDoubleLE(value)
  return Buffer.concat([key(field, DOUBLE), bytes])
}
