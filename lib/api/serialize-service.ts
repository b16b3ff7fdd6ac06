import { type ManagedService, saidFields } from '../service/managed'
import type { Neighbour, Service } from '../service/service'
import type { OverviewTable } from '../slo/overview-rows'
import { sloOf } from './serialize'
import type { ServiceDetailResource, ServiceResource } from './service-resources'

export function serviceOf(service: Service): ServiceResource {
  const { slug, name, description, tier, kind, team, definition, owners, sloCount, states, worst, version } = service
  return {
    ...{ slug, name, description, tier, kind, team, owners, sloCount, states, version },
    labels: definition.labels,
    links: definition.links,
    dependencies: definition.dependencies,
    dependants: service.dependants.map((end) => end.slug),
    recommendedTier: service.recommendation?.tier ?? null,
    worstState: worst,
    managedBy: service.managed && managedOf(service.managed),
  }
}

const managedOf = (managed: ManagedService) => ({
  owner: managed.owner,
  ...{ file: managed.declared?.file ?? null, line: managed.declared?.line ?? null },
  fields: saidFields(managed),
})

export function serviceDetailOf(service: Service, slos: OverviewTable): ServiceDetailResource {
  const { definition, recommendation, dependencies, dependants } = service
  return {
    ...serviceOf(service),
    ...{ definition, recommendation },
    graph: { dependencies: dependencies.map(endOf), dependants: dependants.map(endOf) },
    slos: slos.columns.id.map((_, row) => sloOf(slos, row)),
  }
}

const endOf = ({ slug, name, tier, worst }: Neighbour) => ({ slug, name, tier, worstState: worst })
