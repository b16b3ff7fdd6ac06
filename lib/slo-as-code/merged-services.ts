import { same } from '../slo/differences'
import type { DeclaredService, Format } from './declared'
import type { Fault } from './fault'

/** The same service in several files is one, as the first says it, with what the others say besides. */
export function mergedServices(services: DeclaredService[]): DeclaredService[] {
  const found = new Map<string, DeclaredService>()
  for (const service of services) {
    const { slug, labels, said, at } = service
    const first = found.get(slug)
    const both = first && { ...first, labels: { ...labels, ...first.labels }, said: { ...said, ...first.said } }
    found.set(slug, both ? { ...both, at: { ...at, ...first.at } } : service)
  }
  return [...found.values()]
}

/** Where two files say different things of a service: which of them counts is the order of their names. */
export function contradictions(services: DeclaredService[]): Fault[] {
  const first = new Map<string, { text: string; value: unknown; where: string; format: Format }>()
  return services.flatMap(({ slug, place, format, labels, said }) =>
    [
      ...Object.entries(labels).map(([key, value]) => ({ what: `label ${key}`, text: String(value), value: value as unknown })),
      ...Object.entries(said).map(([key, value]) => ({ what: key, text: JSON.stringify(value), value })),
    ].flatMap(({ what, text, value }): Fault[] => {
      const known = first.get(`${slug} ${what}`)
      if (!known) first.set(`${slug} ${what}`, { text, value, where: `${place.file}:${place.line}`, format })
      // That OpenSLO declares it twice was said at its name.
      if (!known || same(known.value, value) || (format === 'openslo' && known.format === format)) return []
      return [
        {
          ...{ ...place, severity: 'warning', stage: 'references', object: `Service ${slug}` },
          reason: `The ${what} of the service ${slug} is ${known.text} at ${known.where} and ${text} here: the first counts.`,
          suggestion: 'Write the same in both.',
        },
      ]
    }),
  )
}
