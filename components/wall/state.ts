import type { WallView } from '@/lib/wall/schema'
import type { Mark } from './clock'

/** All that a wall remembers: the last answer, and how it went since. It is replaced, never added to. */
export type WallState = {
  view: WallView
  /** unix seconds of the server's clock at the last answer */
  heardAt: number
  /** this screen's clocks at that moment; null: it has not asked yet */
  mark: Mark | null
  failures: number
  /** it will not get better by asking: signed out, or the link has ended */
  ended: string | null
}

export type WallEvent =
  | { kind: 'heard'; view: WallView | null; at: number; mark: Mark }
  | { kind: 'failed' }
  | { kind: 'ended'; sentence: string }

export const beginning = (view: WallView, at: number): WallState => ({ view, heardAt: at, mark: null, failures: 0, ended: null })

/** `view: null`: nothing has changed. */
export function next(state: WallState, event: WallEvent): WallState {
  if (event.kind === 'failed') return { ...state, failures: state.failures + 1 }
  if (event.kind === 'ended') return { ...state, ended: event.sentence, failures: 0 }
  return { view: event.view ?? state.view, heardAt: event.at, mark: event.mark, failures: 0, ended: null }
}

/** One attempt may fail unnoticed: the second comes within a second. */
export const isLost = ({ failures }: WallState): boolean => failures > 1
