import { ceilTo, floorTo, MINUTE, type UnixSeconds } from '../time-series/units'

/** Edges of a stretch lie on whole minutes, outward: the counters know nothing finer. */
export const edgeBefore = (at: UnixSeconds): UnixSeconds => floorTo(at, MINUTE)
export const edgeAfter = (at: UnixSeconds): UnixSeconds => ceilTo(at, MINUTE)
