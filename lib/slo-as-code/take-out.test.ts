import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { portable, portableSlo } from '../prometheus-rules/every-kind-fixture'
import { takenOf } from './take-out'

const requests = { metric: 'requests_total', matchers: [] }
const slo = (slug: string) =>
  portableSlo({ kind: 'availability', requests, failed: [{ label: 'code', op: '=~', value: '5..' }] }, { slug })
const rules = (slugs: string[], part: boolean) =>
  takenOf('rules', {
    ...{ portable: portable(slugs.map(slo)), name: 'shop', service: 'shop', part },
    portal: 'https://headroom.example.org',
  })
const groupsOf = ({ files }: ReturnType<typeof rules>): string[] =>
  parse(files[0]?.text ?? '').groups.map(({ name }: { name: string }) => name)
const WHERE =
  'The group of the service shop (requests, success, latency) is left out: it is in the rules of the whole service, which hold this SLO as well: https://headroom.example.org/slos/export?kind=rules&service=shop'

it('rules of single SLOs never define the group of their service, so that those of two can be loaded', () => {
  const [orders, search] = [rules(['orders'], true), rules(['search'], true)]
  expect([...groupsOf(orders), ...groupsOf(search)]).toEqual(['headroom/shop/orders', 'headroom/shop/search'])
  expect(orders.about).toEqual([WHERE])
  for (const { text } of orders.files) expect(text).toContain(`# ${WHERE}`)
})

it('rules of the whole service define it once, and leave nothing out', () => {
  const whole = rules(['orders', 'search'], false)
  expect(groupsOf(whole)).toEqual(['headroom/shop', 'headroom/shop/orders', 'headroom/shop/search'])
  expect(whole.about).toEqual([])
})
