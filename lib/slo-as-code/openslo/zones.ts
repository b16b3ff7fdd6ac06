/** Time zones by the names that stand in every copy of the IANA database, as other tools look them up: letter by letter. */

const CANONICAL = new Set(Intl.supportedValuesOf('timeZone'))
/** Older names in their usual letters are as good. */
const USUAL =
  /^((Africa|America|Asia|Atlantic|Europe|Indian|Pacific)(\/[A-Z][a-z]+([_-][A-Z][a-z]+)*)+|US\/[A-Z][a-z]+|(Etc\/)?(UTC|GMT)|Etc\/GMT[+-]\d{1,2})$/

/** Intl takes any letters, and short names of its own: those are written as the zone they stand for. */
export const zoneName = (zone: string): string =>
  CANONICAL.has(zone) || USUAL.test(zone) ? zone : new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone

/** A zone in other letters than its own: what should be written instead. */
export function misspeltZone(zone: string): string | undefined {
  const name = zoneName(zone)
  return name !== zone && name.toLowerCase() === zone.toLowerCase() ? name : undefined
}
