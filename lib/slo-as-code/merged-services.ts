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

/** Where two files label a service otherwise: which of them counts is the order of their names. */
export function contradictions(services: DeclaredService[]): Fault[] {
  const first = new Map<string, { value: string; where: string; format: Format }>()
  return services.flatMap(({ slug, place, format, labels }) =>
    Object.entries(labels).flatMap(([label, value]): Fault[] => {
      const known = first.get(`${slug} ${label}`)
      if (!known) first.set(`${slug} ${label}`, { value, where: `${place.file}:${place.line}`, format })
      // That OpenSLO, which alone says more than labels, declares it twice was said at its name.
      if (!known || known.value === value || (format === 'openslo' && known.format === format)) return []
      return [
        {
          ...{ ...place, severity: 'warning', stage: 'references', object: `Service ${slug}` },
          reason: `The label ${label} of the service ${slug} is ${known.value} at ${known.where} and ${value} here: the first counts.`,
          suggestion: 'Write the same in both.',
        },
      ]
    }),
  )
}
