import { CloseScreen } from './close-screen'
import { IncidentAside, IncidentScreen } from './incident-screen'
import { ActionsScreen, ReleasesScreen, RestScreen, WaiversScreen } from './list-screens'
import type { ScreenProps } from './screen-props'
import { SloAside, SloScreen } from './slo-screen'

/** The one thing that is talked about. */
export function ItemScreen(props: ScreenProps) {
  const { snapshot, item } = props
  switch (item.kind) {
    case 'slo': {
      const slo = snapshot.slos.find(({ id }) => id === item.id)
      return slo ? <SloScreen snapshot={snapshot} slo={slo} reason={item.reason} explain={props.explain} /> : null
    }
    case 'incident': {
      const incident = snapshot.incidents.find(({ id }) => id === item.id)
      return incident ? <IncidentScreen snapshot={snapshot} incident={incident} /> : null
    }
    case 'actions':
      return <ActionsScreen {...props} />
    case 'rest':
      return <RestScreen snapshot={snapshot} />
    case 'quiet':
      return (
        <>
          <h2 className="rv-name">No incident since the last review</h2>
          <p className="rv-say">None began, none ended, and none is open.</p>
        </>
      )
    case 'releases':
      return <ReleasesScreen snapshot={snapshot} />
    case 'waivers':
      return <WaiversScreen snapshot={snapshot} />
    case 'close':
      return <CloseScreen {...props} />
  }
}

/** What stands beside the fields for decisions and actions. */
export function ItemAside({ snapshot, item }: Pick<ScreenProps, 'snapshot' | 'item'>) {
  const slo = item.kind === 'slo' ? snapshot.slos.find(({ id }) => id === item.id) : undefined
  const incident = item.kind === 'incident' ? snapshot.incidents.find(({ id }) => id === item.id) : undefined
  if (slo) return <SloAside snapshot={snapshot} slo={slo} />
  return incident ? <IncidentAside snapshot={snapshot} incident={incident} /> : null
}
