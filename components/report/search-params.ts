import { createLoader, parseAsInteger, parseAsString } from 'nuqs/server'

/** What one looks for among reports lives in the address. */
export const reportParams = { q: parseAsString.withDefault('') }
export const loadReportParams = createLoader(reportParams)

export const revisionParams = { revision: parseAsInteger }
export const loadRevision = createLoader(revisionParams)
