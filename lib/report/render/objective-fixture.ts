import type { MonthFigure, ObjectiveMonth, Report, ReportCause, ReportDocument } from '../document'

/** Documents for tests, written by hand or counted out from small rules; no clock and no chance. */
export const JUNE = { from: 1_780_272_000, to: 1_782_864_000 }
export const DAY = 86_400
export const at = (day: number, hour = 0, minute = 0) => JUNE.from + (day - 1) * DAY + hour * 3600 + minute * 60
const pad = (n: number) => String(n).padStart(2, '0')
export const MONTHS = [
  '2025-07',
  '2025-08',
  '2025-09',
  '2025-10',
  '2025-11',
  '2025-12',
  '2026-01',
  '2026-02',
  '2026-03',
  '2026-04',
  '2026-05',
  '2026-06',
]

export const figures = (target: number, slis: (number | null)[]): MonthFigure[] =>
  slis.map((sli, i) => ({
    month: MONTHS[MONTHS.length - slis.length + i] ?? '',
    target,
    sli,
    outcome: sli === null ? 'no_data' : sli >= target ? 'met' : 'not_met',
  }))

export const cause = (kind: ReportCause['kind'], bad: number, share: number, more: Partial<ReportCause> = {}): ReportCause => ({
  kind,
  id: null,
  title: null,
  service: null,
  when: null,
  bad,
  share,
  ...more,
})

export const INCIDENTS = {
  card: { id: 398, title: 'Card validation outage', when: { from: at(6, 13), to: at(6, 15) } },
  index: { id: 401, title: 'Slow index on orders table', when: { from: at(10, 7, 30), to: at(10, 18, 10) } },
  timeouts: { id: 412, title: 'Payment timeouts', when: { from: at(28, 10, 12), to: at(28, 11, 2) } },
}

export const days = (even: number, special: Record<number, number | null> = {}, count = 30) =>
  Array.from({ length: count }, (_, i) => ({
    date: `2026-06-${pad(i + 1)}`,
    share: i + 1 in special ? (special[i + 1] ?? null) : even,
  }))

type Objective = Partial<ObjectiveMonth> & { id: number; name: string; target: number; bad: number; total: number }

export function objective({ id, name, target, bad, total, ...more }: Objective): ObjectiveMonth {
  const allowed = (1 - target) * total
  const sli = total === 0 ? null : (total - bad) / total
  const consumed = total === 0 ? null : bad / allowed
  return {
    slo: {
      id,
      slug: `objective-${id}`,
      name,
      kind: 'availability',
      sentence: `${name}: at least the target of requests over the month.`,
      queries: [
        { name: 'good', text: `sum(rate(http_requests_total{job="checkout-api",code!~"5.."}[1m]))` },
        { name: 'total', text: `sum(rate(http_requests_total{job="checkout-api"}[1m]))` },
      ],
    },
    unit: 'events',
    target,
    targets: [{ from: JUNE.from, target }],
    versions: [{ version: 7, from: JUNE.from, changes: [] }],
    sli,
    outcome: sli === null ? 'no_data' : sli >= target ? 'met' : 'not_met',
    good: total - bad,
    total,
    raw: { good: total - bad, total, sli },
    allowed,
    consumed,
    remaining: consumed === null ? null : 1 - consumed,
    coverage: total === 0 ? 0 : 1,
    days: days((consumed ?? 0) / 30),
    causes: consumed === null ? [] : [cause('unexplained', bad, consumed)],
    months: figures(target, [sli]),
    quantiles: null,
    quantilesMissing: null,
    ...more,
  }
}

export const head = (kind: string, summary: ReportDocument['summary']) => ({
  format: 1 as const,
  month: '2026-06',
  zone: 'UTC',
  period: JUNE,
  asOf: JUNE.to,
  summary,
  recommendations: [],
  address: `https://headroom.example/${kind}`.replace(/\/$/, ''),
})

/** The hash is any: renderers show it and compute nothing from it. */
export const report = (document: ReportDocument, more: Partial<Report> = {}): Report => ({
  id: 12,
  revision: 1,
  changes: [],
  builtAt: JUNE.to + 6 * 3600,
  builtBy: 'schedule',
  hash: '7853aab20f6c4a4d4eda325b2f26320df5a3342ee1d1adbbd2fa1bcc9e62c2bb',
  document,
  ...more,
})
