import 'server-only'

/** Everything that can be read about SLOs; each read authorizes its actor. */
export { correctionsOf } from './reads-corrections'
export { sloDetail } from './reads-detail'
export { sloHistory } from './reads-history'
export { overviewTable } from './reads-overview'
