import 'server-only'

export { sloDetail } from './reads-detail'
export { sloHistory } from './reads-history'
export { sloNamed } from './reads-named'
export { overviewTable } from './reads-overview'
/** Everything that can be read about SLOs; each read authorizes its actor. */
export { recountsOf } from './reads-recounts'
