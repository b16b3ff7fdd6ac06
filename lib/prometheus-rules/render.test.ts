import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { everyKind } from './every-kind-fixture'
import { RULE_FORMS, renderRules } from './render'
import type { RuleGroup } from './rule'
import { rulesOf } from './rules'

/** What a reader of YAML has to find again. */
const shape = (groups: RuleGroup[]) =>
  groups.map(({ name, interval, rules }) => ({
    ...{ name, interval: `${interval}s` },
    rules: rules.map((rule) =>
      rule.kind === 'record'
        ? { record: rule.record, expr: rule.expr, labels: rule.labels }
        : {
            ...{ alert: rule.alert, expr: rule.expr },
            ...(rule.for > 0 && { for: `${rule.for}s` }),
            ...(rule.keepFiring > 0 && { keep_firing_for: `${rule.keepFiring}s` }),
            ...{ labels: rule.labels, annotations: rule.annotations },
          },
    ),
  }))

describe('renderRules', () => {
  const groups = rulesOf(everyKind())

  it('writes one document in the form that is asked for', () => {
    expect(parse(renderRules(groups, 'prometheus'))).toEqual({ groups: shape(groups) })
    expect(parse(renderRules(groups, 'mimir', 'shop'))).toEqual({ namespace: 'shop', groups: shape(groups) })
    expect(parse(renderRules(groups, 'prometheus-rule', 'shop'))).toMatchObject({
      ...{ apiVersion: 'monitoring.coreos.com/v1', kind: 'PrometheusRule', metadata: { name: 'shop' } },
      spec: { groups: shape(groups) },
    })
    for (const form of RULE_FORMS) expect(parseAllDocuments(renderRules(groups, form))).toHaveLength(1)
    expect(parse(renderRules([], 'prometheus'))).toEqual({ groups: [] })
  })

  it('keeps every text as it is', () => {
    const text = fc.oneof(
      fc.string(),
      fc.constantFrom(
        'yes',
        'null',
        '12',
        '1e3',
        '- a',
        '#',
        'a: b',
        '\u2028',
        'on',
        '{{ x }}',
        '',
        'a\u0085b',
        '\u007f',
        '\r x',
      ),
    )
    fc.assert(
      fc.property(text, text, (value, about) => {
        const group: RuleGroup = {
          ...{ name: value, interval: 60, about: [about] },
          rules: [
            {
              kind: 'alert',
              alert: 'A',
              expr: 'up\nor up',
              for: 0,
              keepFiring: 0,
              labels: { x: value },
              annotations: { y: value },
            },
          ],
        }
        for (const form of ['prometheus', 'mimir'] as const) {
          const read = parse(renderRules([group], form))
          expect(read.groups).toEqual(shape([group]))
        }
        expect(parse(renderRules([group], 'prometheus-rule')).spec.groups).toEqual(shape([group]))
      }),
    )
  })
})
