import type { AlertingRule, RecordingRule, RuleGroup } from '../lib/prometheus-rules/rule'

/**
 * What Pyrra and Sloth make of one availability SLO at 99.9 % over 30 days, by default, as far as it costs: which expressions
 * they evaluate how often. Their windows, thresholds and groups are facts of theirs; the text is ours.
 */
export type Raw = { name: string; total: string; failed: string }
const BUDGET = '(1 - 0.999)'

const record = (name: string, expr: string, labels: Record<string, string>): RecordingRule => ({
  kind: 'record',
  record: name,
  expr,
  labels,
})
const alert = (name: string, expr: string, hold: number, labels: Record<string, string>): AlertingRule => ({
  ...{ kind: 'alert', alert: name, expr, for: hold, keepFiring: 0, labels, annotations: {} },
})

/** Whole windows over raw counters: the long one every 150 s, seven burn rates every 30 s. */
export function pyrraShape({ name, total, failed }: Raw): RuleGroup[] {
  const labels = { job: 'bench', slo: name }
  const own = `{job="bench",slo="${name}"}`
  const windows = ['5m', '32m', '1h4m', '2h9m', '6h26m', '1d1h43m', '4d6h51m']
  const pairs: [long: number, short: number, factor: number, hold: number, severity: string][] = [
    [2, 0, 14, 120, 'critical'],
    [4, 1, 7, 960, 'critical'],
    [5, 3, 2, 3_840, 'warning'],
    [6, 4, 1, 11_580, 'warning'],
  ]
  const burn = (i: number) => `pyrra:burnrate${windows[i]}`
  return [
    {
      ...{ name: `pyrra-${name}-increase`, interval: 150, about: [] },
      rules: [
        record('pyrra:increase30d', `sum by (code) (increase(${total}[30d]))`, labels),
        alert('PyrraMetricAbsent', `absent(${total}) == 1`, 180, labels),
      ],
    },
    {
      ...{ name: `pyrra-${name}`, interval: 30, about: [] },
      rules: [
        ...windows.map((window, i) =>
          record(burn(i), `sum(rate(${failed}[${window}])) / sum(rate(${total}[${window}]))`, labels),
        ),
        ...pairs.map(([long, short, factor, hold, severity]) =>
          alert(
            'PyrraBudgetBurn',
            `${burn(short)}${own} > (${factor} * ${BUDGET}) and ${burn(long)}${own} > (${factor} * ${BUDGET})`,
            hold,
            { ...labels, severity, long: windows[long] ?? '' },
          ),
        ),
      ],
    },
  ]
}

/** Seven windows over raw counters and the mean of a month of ratios, every minute, in three groups. */
export function slothShape({ name, total, failed }: Raw): RuleGroup[] {
  const ids = { sloth_id: name, sloth_service: 'bench', sloth_slo: name }
  const own = `{sloth_id="${name}",sloth_service="bench",sloth_slo="${name}"}`
  const rate = (window: string) => `sloth:error_ratio${window}`
  const over = (window: string, factor: number) => `(max(${rate(window)}${own} > (${factor} * ${BUDGET})) without (sloth_window))`
  const both = (short: string, long: string, factor: number) => `(${over(short, factor)} and ${over(long, factor)})`
  const month = (fn: string) => `${fn}_over_time(${rate('5m')}${own}[30d])`
  const group = (what: string, rules: RuleGroup['rules']): RuleGroup => ({
    name: `sloth-${what}-${name}`,
    interval: 60,
    about: [],
    rules,
  })
  return [
    group('sli', [
      ...['5m', '30m', '1h', '2h', '6h', '1d', '3d'].map((window) =>
        record(rate(window), `(sum(rate(${failed}[${window}]))) / (sum(rate(${total}[${window}])))`, {
          ...ids,
          sloth_window: window,
        }),
      ),
      record(rate('30d'), `${month('sum')} / ignoring (sloth_window) ${month('count')}`, { ...ids, sloth_window: '30d' }),
    ]),
    group('meta', [
      record('sloth:objective', 'vector(0.999)', ids),
      record('sloth:budget', 'vector(1 - 0.999)', ids),
      record('sloth:days', 'vector(30)', ids),
      record('sloth:burn', `${rate('5m')}${own} / on (sloth_id) group_left () sloth:budget${own}`, ids),
      record('sloth:period_burn', `${rate('30d')}${own} / on (sloth_id) group_left () sloth:budget${own}`, ids),
      record('sloth:remaining', `1 - sloth:period_burn${own}`, ids),
      record('sloth:info', 'vector(1)', ids),
    ]),
    group('alerts', [
      alert('SlothPage', `${both('5m', '1h', 14.4)} or ${both('30m', '6h', 6)}`, 0, { ...ids, severity: 'page' }),
      alert('SlothTicket', `${both('2h', '1d', 3)} or ${both('6h', '3d', 1)}`, 0, { ...ids, severity: 'ticket' }),
    ]),
  ]
}
