import type { UnixSeconds } from '../time-series/units'

/** Whose files an SLO comes from. */
export type Managed = {
  /** name of the set of files */
  owner: string
  file: string
  line: number
  /** of the file: openslo, sloth, pyrra … */
  format: string
  /** of the set */
  appliedAt: UnixSeconds
  appliedBy: string
  /** commit */
  revision: string | null
  /** address of the files */
  repository: string | null
}

/** The label by which lists and the API find what a set of files manages. No label of people stands above it. */
export const managedLabel = (owner: string | null): Record<string, string> => (owner === null ? {} : { 'managed-by': owner })

/** Why a form does not save it. */
export const managedText = (name: string, { owner, file }: Pick<Managed, 'owner' | 'file'>): string =>
  `“${name}” is managed by Git (set ${owner}, file ${file}). Change it there, or detach it.`

/** Why somebody who may not detach does not bring it back. */
export const prunedText = (set: string): string =>
  `The files of ${set} deleted it. Declare it there again, or ask an SLO owner or administrator to bring it back.`
