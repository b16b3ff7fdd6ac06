import type { Cursor } from './cursor'
import type { Declared } from './declared'

/** What every format does with its objects. */

export type Reading = {
  /** the files are all there is: what they name has to be among them */
  whole: boolean
  /** unix seconds, for what may lie in the future */
  now?: number
}

export type Checked = {
  object: Cursor
  kind: string
  /** nothing but warnings so far */
  clean: boolean
}

export type FormatReader = {
  /** First and second stage of one object, which says what it is and is named by it. */
  check: (object: Cursor, reading: Reading) => { object: Cursor; kind: string }
  /** Third stage, over all objects of the format in all files; and what they come to. */
  declare: (objects: Checked[], reading: Reading) => Declared
}
