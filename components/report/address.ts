import { ORGANISATION } from '@/lib/report/schema'

/** Where the report of a month is shown; null is the organisation. */
export const reportAddress = (service: string | null, month: string): string => `/reports/${service ?? ORGANISATION}/${month}`

export const ALL_SERVICES = 'All services'
