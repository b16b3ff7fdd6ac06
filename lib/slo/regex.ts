/** A literal inside an RE2 pattern. */
export const escapedRegex = (value: string): string => value.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
