import type { Report } from '../document'
import { canonicalJson } from '../hash'

/** The document as it is kept, with what is known about it; keys in one order, so that the same report is the same bytes. */
export const renderJson = ({ revision, changes, builtAt, builtBy, hash, document }: Report): string =>
  `${JSON.stringify(JSON.parse(canonicalJson({ revision, changes, builtAt, builtBy, hash, document })), null, 2)}\n`
