import { byText } from '../fault'
import type { Portable, PortableService } from '../portable'
import { type YamlMap, yamlOf } from '../yaml-write'
import { compositeRule } from './composites'
import { sloName, sourceRef } from './names'
import { annotationsOf, labelled, titled, VERSION } from './write-parts'
import { sloDocument } from './write-slo'

/**
 * Services and SLOs as OpenSLO v1, by the rules of its SDK; what it has no field for stands in annotations of ours, so that
 * `readFiles` gives the same again.
 */
export const opensloOf = (portable: Portable): string => textOf(opensloDocuments(portable))

export const opensloDocuments = (portable: Portable): YamlMap[] => documentsOf(portable).flatMap(({ documents }) => documents)

export type OpensloFile = { name: string; text: string }

/** The same as one file for each service, and one for the sources they name. */
export const opensloFiles = (portable: Portable): OpensloFile[] =>
  documentsOf(portable).map(({ name, documents }) => ({ name, text: textOf(documents) }))

const textOf = (documents: YamlMap[]): string => documents.map(yamlOf).join('---\n')

/** No service is called that: an address holds no underscore. */
const SOURCES = 'data_sources.yaml'

function documentsOf({ services, slos }: Portable): { name: string; documents: YamlMap[] }[] {
  const taken = new Set<string>()
  const named = slos.map((slo) => ({ slo, name: sloName(slo.definition.service, slo.definition.slug, taken) }))
  const byKey = new Map(named.map((one) => [`${one.slo.definition.service}/${one.slo.definition.slug}`, one]))
  const members = new Map(slos.map((slo) => [slo, objectivesOf(slo, byKey)]))
  const referred = new Set([...members.values()].flatMap((list) => list?.map(({ name }) => name) ?? []))
  const files = services.map((service) => {
    const own = named
      .filter(({ slo }) => slo.definition.service === service.slug)
      .map(({ slo, name }) => sloDocument(slo, name, { named: referred.has(name), members: members.get(slo) ?? null }))
    const policies = new Map(own.flatMap(({ policies: some }) => [...some]))
    return {
      name: `${service.slug}.yaml`,
      documents: [serviceDocument(service), ...own.flatMap((one) => one.documents), ...policies.values()],
    }
  })
  const sources = sourceDocuments(slos.map(({ definition }) => definition.dataSource))
  return [...(sources.length > 0 ? [{ name: SOURCES, documents: sources }] : []), ...files]
}

type Named = { name: string; slo: Portable['slos'][number] }

/** A composite is objectives where OpenSLO adds its members up by the same rule, and all of them are written with it. */
function objectivesOf({ definition }: Portable['slos'][number], byKey: Map<string, Named>): Named[] | null {
  const { indicator, method } = definition
  if (indicator.kind !== 'composite' || indicator.rule !== compositeRule(method)) return null
  const members = indicator.members.flatMap(({ service, slo }) => byKey.get(`${service}/${slo}`) ?? [])
  const simple = members.every(({ slo }) => slo.definition.indicator.kind !== 'composite')
  return simple && members.length === indicator.members.length ? members : null
}

function serviceDocument(service: PortableService): YamlMap {
  const { slug, name, description, labels, team, tier, kind, timeZone, links, dependencies } = service
  const fields = titled(slug, name, description)
  const fit = labelled(labels)
  const annotations = annotationsOf({
    ...{ ...fields.own, labels: fit.rest, team, tier, kind, 'time-zone': timeZone, links },
    dependencies: dependencies.length > 0 ? dependencies : undefined,
  })
  return {
    ...{ apiVersion: VERSION, kind: 'Service' },
    metadata: { name: slug, displayName: fields.displayName, labels: fit.labels, annotations },
    spec: { description: fields.description },
  }
}

/** Where they are is the business of whoever reads the files: addresses and secrets stay in the portal. */
function sourceDocuments(names: string[]): YamlMap[] {
  const byRef = new Map(names.map((name) => [sourceRef(name), name]))
  return [...byRef]
    .sort(([a], [b]) => byText(a, b))
    .map(([ref, source]) => {
      const { displayName, own } = titled(ref, source, '')
      return {
        ...{ apiVersion: VERSION, kind: 'DataSource' },
        metadata: { name: ref, displayName, annotations: annotationsOf(own) },
        spec: { type: 'Prometheus', connectionDetails: {} },
      }
    })
}
