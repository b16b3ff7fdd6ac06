import { describe, expect, it } from 'vitest'
import { sloDefinitionSchema } from '../slo/definition-input'
import { EMPTY_DRAFT, inputsOf } from '../slo/draft'
import { type Exposed, movedTo, suggest } from './suggest'
import { BUILT_IN_TEMPLATES, type Template } from './template'

const EXPOSED: Exposed = {
  serviceLabel: 'job',
  metrics: [
    { name: 'rpc_requests_total', labels: { job: ['pay'], code: ['200', '503'] } },
    { name: 'rpc_duration_seconds_bucket', labels: { job: ['pay'], le: ['0.1', '0.4', '1', '+Inf'] } },
  ],
}
const template = (slug: string): Template => BUILT_IN_TEMPLATES.find((one) => one.slug === slug) as Template

describe('a template, filled in from what the source exposes', () => {
  it('takes the metric, the label of the service and the label of failures', () => {
    const { draft, notes } = suggest(template('api-availability'), 'pay', EXPOSED)
    expect(draft.fields).toMatchObject({ requests: 'rpc_requests_total{job="pay"}', failed: '{code=~"5.."}' })
    expect(notes).toEqual([])
  })
  it('takes the bound nearest to the threshold, and names the objective after it', () => {
    const { draft, notes } = suggest(template('api-latency'), 'pay', EXPOSED)
    expect(draft.objectives).toEqual([{ target: '95', threshold: '0.4' }])
    expect(draft.name).toBe('Requests within 400 ms')
    expect(notes).toEqual(['0.5 s is no bucket bound here; 0.4 s is the nearest.'])
  })
  it('leaves open what cannot be found, and says so', () => {
    const { draft, notes } = suggest(template('web-quality'), 'pay', EXPOSED)
    expect(draft.fields).toEqual({})
    expect(notes[0]).toContain('Write it by hand')
  })
  it('takes a gauge that is a ratio, else the good share of a counter', () => {
    const gauge = { name: 'in_sync_ratio', labels: { job: ['pay'] } }
    const of = (metrics: Exposed['metrics']) => suggest(template('custom-ratio'), 'pay', { ...EXPOSED, metrics }).draft.fields
    expect(of([...EXPOSED.metrics, gauge]).expression).toBe('avg(in_sync_ratio{job="pay"})')
    expect(of(EXPOSED.metrics).expression).toBe(
      'sum(rate(rpc_requests_total{job="pay",code!~"5.."}[5m])) / sum(rate(rpc_requests_total{job="pay"}[5m]))',
    )
  })
  it.each(['api-availability', 'api-latency'])('%s is a definition that can be saved', (slug) => {
    const { draft } = suggest(template(slug), 'pay', EXPOSED)
    const [input] = inputsOf({ ...draft, slug: 'x', dataSource: 'prometheus' })
    expect(sloDefinitionSchema.safeParse(input).success).toBe(true)
  })
})

it('a draft moves to another service wherever its name is a value', () => {
  const draft = { ...EMPTY_DRAFT, service: 'cart', fields: { requests: 'a{job="cart",path="/cart-x",other=~"x|cart"}' } }
  expect(movedTo(draft, 'cart', 'pay').fields.requests).toBe('a{job="pay",path="/cart-x",other=~"x|pay"}')
})
