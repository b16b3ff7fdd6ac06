import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { demoWorld } from '../lib/demo/world'
import { countedBy, truthOf } from './demo-truth'
import { expect, test } from './fixtures'

type Objective = {
  slo: { slug: string }
  target: number
  outcome: string
  sli: number | null
  consumed: number | null
  raw: { good: number; total: number; sli: number | null }
}
type Body = { period: { from: number; to: number }; objectives: Objective[] }

/** The demo's own clock: everything in it stands in relation to this instant. */
const anchorOf = (): number =>
  (JSON.parse(readFileSync(join(process.env.E2E_DATA ?? '', 'demo.json'), 'utf8')) as { anchor: number }).anchor

const lastMonth = (anchor: number): string => {
  const first = new Date(anchor * 1000)
  first.setUTCDate(0)
  return first.toISOString().slice(0, 7)
}

test('the numbers of last month are what the services of the demo really did', async ({ request }) => {
  const anchor = anchorOf()
  const month = lastMonth(anchor)
  const compared: string[] = []
  for (const service of demoWorld(anchor)) {
    const answer = await request.get(`/api/v1/reports/${service.slug}/${month}`)
    if (answer.status() === 404) continue
    expect(answer.status()).toBe(200)
    const { period, objectives } = ((await answer.json()) as { document: Body }).document
    const sums = countedBy(service, anchor, period.from, period.to)
    for (const { slug, indicator, method = 'occurrences', target, minEvents = 0 } of service.slos) {
      const truth = method === 'occurrences' ? truthOf(indicator, sums) : null
      const objective = objectives.find(({ slo }) => slo.slug === slug)
      if (!truth || !objective || truth.total === 0) continue
      compared.push(`${service.slug}/${slug}`)
      const what = `${service.slug}/${slug} of ${month}`
      // Two failures in a thousand are what restarts and gaps of scrapes may lose (semantics §12).
      const [bad, really] = [objective.raw.total - objective.raw.good, truth.total - truth.good]
      expect(Math.abs(objective.raw.total / truth.total - 1), `${what}: total`).toBeLessThan(0.0001)
      expect(Math.abs(bad - really), `${what}: bad ${bad}, really ${really}`).toBeLessThanOrEqual(3 + 0.002 * really)
      expect(Math.abs((objective.raw.sli ?? 0) - truth.good / truth.total), `${what}: SLI`).toBeLessThan(0.00001)
      const margin = Math.abs(truth.good / truth.total - target)
      const corrected = objective.sli !== objective.raw.sli
      const judged = truth.good / truth.total >= target ? 'met' : 'not_met'
      if (!corrected && margin > 0.00001)
        expect(objective.outcome, what).toBe(truth.total < minEvents ? 'not_enough_data' : judged)
    }
  }
  expect(compared.length, 'enough of them to mean something').toBeGreaterThan(20)
})
