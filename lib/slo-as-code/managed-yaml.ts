import { opensloOf } from './openslo/write'
import type { Portable } from './portable'

/** What people copy into their files instead of filling in a form. */
export const yamlOf = (portable: Portable): string => opensloOf(portable)
