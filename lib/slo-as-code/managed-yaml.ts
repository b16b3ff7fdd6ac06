import { stringify } from 'yaml'
import type { Portable } from './portable'

/** What people copy into their files instead of filling in a form. */
export const yamlOf = (portable: Portable): string => portable.slos.map(({ definition }) => stringify(definition)).join('---\n')
