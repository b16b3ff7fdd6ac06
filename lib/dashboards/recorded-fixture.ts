import { HOUR, MINUTE } from '../time-series/units'
import { portableService, portableSlo } from './portable-fixture'

export const NOW = 1_780_000_020 - (1_780_000_020 % MINUTE)
export const FROM = NOW - HOUR
export const LONG = 'orders-of-customers-that-come-back-often'

export type Labels = Record<string, string>
/** `until`: nothing is recorded after it */
type Recorded = { name: string; labels: Labels; value: number; until?: number }

const slo = (service: string, slug: string) => ({ service, slo: slug })
const AVAILABILITY = slo('checkout', 'availability')
const LATENCY = slo('checkout', 'latency')
const CART = slo('cart', 'availability')
const MONTHLY = slo('cart', 'monthly')
const alert = (labels: Labels, state = 'firing', alertname = 'SLOBudgetBurn'): Recorded => ({
  ...{ name: 'ALERTS', labels: { alertname, alertstate: state, ...labels }, value: 1 },
})
const gauge = (name: string, labels: Labels, value: number, until?: number): Recorded => ({
  ...{ name: `headroom:${name}`, labels, value },
  ...(until !== undefined && { until }),
})
const burns = (of: Labels, ...values: number[]) =>
  values.map((value, index) => gauge('slo_burn_rate', { ...of, window: ['1h', '6h', '24h'][index] ?? '' }, value))
const info = (of: Labels, name: string, window = '30 d') =>
  gauge('slo_info', { ...of, name, service_name: of.service === 'cart' ? 'Cart' : 'Checkout', window }, 1)

const RECORDED: Recorded[] = [
  ...[info(AVAILABILITY, 'Availability'), info(LATENCY, 'Latency'), info(CART, 'Availability')],
  ...[info(MONTHLY, 'Monthly', 'month'), info(slo(LONG, 'x'), 'X')],
  gauge('slo_target', AVAILABILITY, 0.999),
  gauge('slo_target', LATENCY, 0.99),
  gauge('slo_target', CART, 0.9995),
  gauge('slo_target', MONTHLY, 0.99),
  gauge('slo_sli', AVAILABILITY, 0.9996),
  gauge('slo_sli', LATENCY, 0.986),
  // To the nearest it would be 99.951 %.
  gauge('slo_sli', CART, 0.9995058),
  gauge('slo_budget_remaining', AVAILABILITY, 0.6),
  // Another replica of Prometheus has seen more.
  gauge('slo_budget_remaining', { ...AVAILABILITY, replica: 'b' }, 0.59),
  gauge('slo_budget_remaining', LATENCY, -0.4),
  gauge('slo_budget_remaining', CART, 0.0116),
  ...[...burns(AVAILABILITY, 0.4, 0.5, 0.8), ...burns(LATENCY, 20.001, 7.5, 2.2), ...burns(CART, 1, 1, 1)],
  alert({ ...LATENCY, severity: 'page', long: '1h', short: '5m' }),
  alert({ ...LATENCY, severity: 'page', long: '6h', short: '30m' }),
  alert({ ...CART, severity: 'ticket', long: '72h', short: '6h' }),
  alert({ ...AVAILABILITY, severity: 'page', long: '1h', short: '5m' }, 'pending'),
  alert({ ...MONTHLY, severity: 'ticket' }, 'firing', 'SLODataAbsent'),
  alert({ ...AVAILABILITY, severity: 'page', long: '1h', short: '5m' }, 'firing', 'SomethingElse'),
  gauge('service_requests:rate5m', { service: 'checkout', method: 'GET', route: '/cart' }, 12.5),
  gauge('service_requests:rate5m', { service: 'checkout', method: 'POST', route: '/pay' }, 3),
  gauge('service_requests:rate5m', { service: 'cart', method: 'GET', route: '/' }, 40),
  gauge('service_success:ratio5m', { service: 'checkout' }, 0.97),
  gauge('service_success:ratio5m', { service: 'cart' }, 1, NOW - 30.5 * MINUTE),
  ...[
    ['0.5', 0.12],
    ['0.95', 0.4],
    ['0.99', 1.2],
  ].map(([quantile, value]) =>
    gauge('service_latency_seconds:quantile5m', { service: 'checkout', quantile: String(quantile) }, Number(value)),
  ),
]

/** What the dashboards are made for. */
export const portable = {
  services: [portableService('checkout', [], 'Checkout'), portableService('cart', [], 'Cart'), portableService(LONG)],
  slos: [
    portableSlo(),
    portableSlo({ slug: 'latency', name: 'Latency', target: 0.99 }),
    portableSlo({ service: 'cart', target: 0.9995 }),
    portableSlo({ service: 'cart', slug: 'monthly', window: { kind: 'calendar', unit: 'month', timeZone: 'UTC' } }),
  ],
}

/** An hour of what rules would have recorded, counted by hand. */
export function recordedHour(recorded = RECORDED): string {
  const names = [...new Set(recorded.map(({ name }) => name))]
  const lines = names.flatMap((name) => [
    `# TYPE ${name} gauge`,
    ...recorded
      .filter((one) => one.name === name)
      .flatMap(({ labels, value, until = NOW }) => {
        const text = Object.entries(labels).map(([label, of]) => `${label}="${of}"`)
        const times = Array.from({ length: 60 }, (_, index) => until - index * MINUTE).reverse()
        return times.map((at) => `${name}{${text}} ${value} ${at}`)
      }),
  ])
  return `${lines.join('\n')}\n# EOF\n`
}
