/** Kinds of files that SLOs go out as. */

export const TAKEN_KINDS = ['openslo', 'rules', 'dashboard', 'inhibition'] as const
export type TakenKind = (typeof TAKEN_KINDS)[number]

export const TAKEN_WORDS: Record<TakenKind, string> = {
  openslo: 'OpenSLO',
  rules: 'Prometheus rules',
  dashboard: 'Grafana dashboard',
  inhibition: 'Alertmanager inhibition',
}

/** Where all SLOs, or those of a service, are as a file. */
export const takenAddress = (kind: TakenKind, service?: string): string =>
  `/slos/export?${new URLSearchParams({ kind, ...(service && { service }) })}`
