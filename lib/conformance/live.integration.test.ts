import { setTimeout as wait } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { testPrometheus } from '../prometheus/test-server'
import { everyKind } from '../prometheus-rules/every-kind-fixture'
import { renderRules } from '../prometheus-rules/render'
import { rulesOf } from '../prometheus-rules/rules'
import { portable } from './portable'
import { scenarios } from './scenarios'

type Loaded = { name: string; rules: { name: string; health: string; lastError?: string; lastEvaluation: string }[] }

/** A rule that was never evaluated is healthy to nobody. */
const judged = ({ rules }: Loaded) => rules.every(({ health }) => health !== 'unknown')

it('a living Prometheus loads rules of every kind and scenario, and finds all of them healthy', {
  timeout: 120_000,
}, async () => {
  // As often as can be: a minute is long to wait for the first evaluation.
  const groups = [...rulesOf(everyKind()), ...rulesOf(portable(scenarios()))].map((group) => ({ ...group, interval: 5 }))
  const prometheus = await testPrometheus('', { rules: renderRules(groups, 'prometheus') })
  try {
    let loaded: Loaded[] = []
    for (let attempt = 0; attempt < 100; attempt += 1) {
      const answer = (await (await fetch(`${prometheus.url}/api/v1/rules`)).json()) as { data: { groups: Loaded[] } }
      loaded = answer.data.groups
      if (loaded.length > 0 && loaded.every(judged)) break
      await wait(300)
    }
    expect(loaded.map(({ name }) => name).sort()).toEqual(groups.map(({ name }) => name).sort())
    const ill = loaded.flatMap(({ name, rules }) =>
      rules.filter(({ health }) => health !== 'ok').map((rule) => `${name} ${rule.name} ${rule.health} ${rule.lastError}`),
    )
    expect(ill).toEqual([])
  } finally {
    await prometheus.stop()
  }
})
