/**
 * A service whose requests are counted one by one while its metrics are made: what was exposed to Prometheus can be
 * compared with what really happened. Pods restart, scrapes jitter and go missing.
 */
export type KnownTruth = {
  openMetrics: string
  /** what happened after `from` and up to `to`, by counting */
  countBetween: (from: number, to: number) => { total: number; failed: number }
}

type Options = { from: number; seconds: number; pods: number; seed: number }

/** Mulberry32: small, seeded, good enough to shake things. */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

const SCRAPE = 15

export function knownTruth({ from, seconds, pods, seed }: Options): KnownTruth {
  const random = seeded(seed)
  const lines: string[] = ['# TYPE requests counter']
  const totals = new Float64Array(seconds + 1)
  const failures = new Float64Array(seconds + 1)
  const series: { labels: string; points: string[] }[] = []
  // Three restarts, on different pods; two ten-minute stretches in which one pod is not scraped.
  const restarts = [0.3, 0.55, 0.8].map((share, i) => ({ pod: i % pods, at: Math.floor(seconds * share) }))
  const gaps = [0.2, 0.65].map((share, i) => ({ pod: (i + 1) % pods, at: Math.floor(seconds * share) }))
  for (let pod = 0; pod < pods; pod += 1) {
    const good = { labels: `{pod="pod-${pod}",status="200"}`, points: [] as string[] }
    const bad = { labels: `{pod="pod-${pod}",status="500"}`, points: [] as string[] }
    let counted = { good: 0, bad: 0 }
    let nextScrape = pod * 3
    for (let second = 0; second <= seconds; second += 1) {
      if (restarts.some((restart) => restart.pod === pod && restart.at === second)) counted = { good: 0, bad: 0 }
      const requests = 20 + Math.floor(10 * Math.sin(second / 900)) + Math.floor(random() * 6)
      let failed = 0
      for (let i = 0; i < requests; i += 1) if (random() < 0.01) failed += 1
      totals[second] = (totals[second] ?? 0) + requests
      failures[second] = (failures[second] ?? 0) + failed
      counted.good += requests - failed
      counted.bad += failed
      if (second < nextScrape) continue
      nextScrape = second + SCRAPE + Math.round((random() - 0.5) * 2)
      if (gaps.some((gap) => gap.pod === pod && second >= gap.at && second < gap.at + 600)) continue
      const at = (from + second + random() * 0.9).toFixed(3)
      good.points.push(`${counted.good} ${at}`)
      bad.points.push(`${counted.bad} ${at}`)
    }
    series.push(good, bad)
  }
  for (const { labels, points } of series) for (const point of points) lines.push(`requests_total${labels} ${point}`)
  lines.push('# EOF', '')
  return {
    openMetrics: lines.join('\n'),
    countBetween: (start, end) => {
      let total = 0
      let failed = 0
      for (let second = start - from + 1; second <= end - from; second += 1) {
        total += totals[second] ?? 0
        failed += failures[second] ?? 0
      }
      return { total, failed }
    },
  }
}
