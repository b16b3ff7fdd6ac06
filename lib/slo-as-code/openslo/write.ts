import { byText } from '../fault'
import type { Portable, PortableService } from '../portable'
import { type YamlMap, yamlOf } from '../yaml-write'
import { sloName, sourceRef } from './names'
import { annotationsOf, labelled, titled, VERSION } from './write-parts'
import { sloDocument } from './write-slo'

/**
 * Services and SLOs as OpenSLO v1, by the rules of its SDK; what it has no field for stands in annotations of ours, so that
 * `readFiles` gives the same again.
 */
export const opensloOf = (portable: Portable): string => textOf(documentsOf(portable).flatMap(({ documents }) => documents))

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
  const files = services.map((service) => {
    const own = named.filter(({ slo }) => slo.definition.service === service.slug).map(({ slo, name }) => sloDocument(slo, name))
    const policies = new Map(own.flatMap(({ policies: some }) => [...some]))
    return {
      name: `${service.slug}.yaml`,
      documents: [serviceDocument(service), ...own.map(({ document }) => document), ...policies.values()],
    }
  })
  const sources = sourceDocuments(slos.map(({ definition }) => definition.dataSource))
  return [...(sources.length > 0 ? [{ name: SOURCES, documents: sources }] : []), ...files]
}

function serviceDocument({ slug, name, description, labels, dependencies }: PortableService): YamlMap {
  const fields = titled(slug, name, description)
  const fit = labelled(labels)
  const annotations = annotationsOf({
    ...{ ...fields.own, labels: fit.rest },
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
