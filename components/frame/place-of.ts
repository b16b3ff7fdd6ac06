import { PLACES } from './places'

type Place = (typeof PLACES)[number]

/** The deepest place that a path lies below: an SLO belongs to the overview, a new one to the templates. */
const depth = (path: string, { href, below }: Place): number =>
  path === href ? path.length : Math.max(0, ...below.map((prefix) => (path.startsWith(prefix) ? prefix.length : 0)))

export const placeOf = (path: string): Place | undefined => [...PLACES].sort((a, b) => depth(path, b) - depth(path, a))[0]
