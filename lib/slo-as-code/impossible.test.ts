import { describe, expect, it } from 'vitest'
import { annotated, compositeFile, sloFile } from './gitops-fixture'
import { impossible } from './impossible'
import { readFiles } from './read-files'

const said = (files: Record<string, string>): string[] => {
  const sources = Object.entries(files).map(([name, content]) => ({ name: `${name}.yaml`, content }))
  return impossible(readFiles(sources, { whole: false }).declared).map(
    ({ file, line, severity, object, reason, suggestion }) => `${file}:${line} ${severity} ${object}: ${reason} ${suggestion}`,
  )
}
const COMPOSITE = { kind: 'composite' as const, rule: 'worst-of' as const, late: 'leave-out' as const }
const needs = (slug: string, ...dependencies: string[]) => annotated(slug, { dependencies })

describe('composites that can never work', () => {
  it('are made of themselves', () =>
    expect(said({ whole: compositeFile('whole', ['whole', 'part']), part: sloFile('part') })).toEqual([
      'whole.yaml:1 error SLO whole: It is made of itself. Take shop/whole out of its members.',
    ]))
  it('are made of each other, which is said once for each circle', () =>
    expect(
      said({
        a: compositeFile('a', ['b', 'part']),
        b: compositeFile('b', ['c', 'part']),
        c: compositeFile('c', ['a', 'b']),
        part: sloFile('part'),
        top: compositeFile('top', ['a', 'part']),
      }),
    ).toEqual([
      'a.yaml:1 error SLO a: It is made of shop/b, which is itself made of it (shop/b → shop/c → shop/a). Take one of them out of the other.',
    ]))
  it('have another window than their members', () =>
    expect(
      said({ whole: compositeFile('whole', ['month', 'week']), month: sloFile('month'), week: sloFile('week', { days: 7 }) }),
    ).toEqual([
      'whole.yaml:1 error SLO whole: Its window is 28 d rolling, and that of shop/week, which it is made of, 7 d rolling. Give both the same window.',
    ]))
  it('are fine as far as the files hold what they are made of', () =>
    expect(said({ whole: compositeFile('whole', ['part', 'elsewhere'], { days: 28 }), part: sloFile('part') })).toEqual([]))
})

describe('services that can never work', () => {
  it('need themselves', () =>
    expect(said({ web: needs('web', 'web', 'api') })).toEqual([
      'web.yaml:1 error Service web: It depends on itself. Take web out of its dependencies.',
    ]))
  it('need each other', () =>
    expect(said({ api: needs('api', 'db'), db: needs('db', 'web'), top: needs('top', 'web'), web: needs('web', 'api') })).toEqual(
      ['api.yaml:1 error Service api: These depend on each other: api → db → web → api. Take one arrow out.'],
    ))
  it('are fine where the circle would be closed by what the files do not hold', () =>
    expect(said({ api: needs('api', 'db'), web: needs('web', 'api') })).toEqual([]))
})

it('ten thousand composites and services in one circle are said as one', () => {
  const sources = { whole: compositeFile('whole', ['a', 'b']), web: needs('web', 'api') }
  const files = Object.entries(sources).map(([name, content]) => ({ name: `${name}.yaml`, content }))
  const { slos, services, ...rest } = readFiles(files, { whole: false }).declared
  const names = Array.from({ length: 10_000 }, (_, i) => [`x${i}`, `x${(i + 1) % 10_000}`] as const)
  const members = (slo: string) => [{ service: 'shop', slo, weight: 1 }]
  const circle = {
    ...rest,
    slos: names.flatMap(([slug, next]) =>
      slos.map((slo) => ({ ...slo, slug, indicator: { ...COMPOSITE, members: members(next) } })),
    ),
    services: names.flatMap(([slug, next]) => services.map((one) => ({ ...one, slug, said: { dependencies: [next] } }))),
  }
  expect(impossible(circle)).toHaveLength(2)
})
