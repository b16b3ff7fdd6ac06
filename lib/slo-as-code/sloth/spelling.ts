import type { Cursor } from '../cursor'
import type { Item } from '../tree'

/** as the file spells a field: error_query or errorQuery */
export type Spell = (name: string) => string
export const snake: Spell = (name) => name
export const camel: Spell = (name) => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())

const SPELT_TWICE = ['error_query', 'total_query', 'error_ratio_query', 'page_alert', 'ticket_alert', 'slo_plugins']
/** What people fill with names of their own. */
const FREE = new Set(['labels', 'annotations', 'options', 'plugins', 'slo_plugins', 'sloPlugins', 'metadata', 'status'])

/** The object with fields of its other form spelt as those of this one; Sloth's own examples mix them. Each is warned of. */
export function respelt(cursor: Cursor, spell: Spell): Item | undefined {
  const { item } = cursor
  const other = spell === snake ? camel : snake
  if (item?.kind === 'list') return { ...item, items: cursor.each().flatMap((one) => respelt(one, spell) ?? []) }
  if (item?.kind !== 'map') return item
  const entries: typeof item.entries = new Map()
  for (const [key, entry] of item.entries) {
    const own = SPELT_TWICE.find((name) => other(name) === key && spell(name) !== key)
    const name = own && !item.entries.has(spell(own)) ? spell(own) : key
    if (name !== key) cursor.get(key).strange(`This form of Sloth spells ${key} otherwise.`, `Write ${name}.`, 'warning')
    const inner = FREE.has(key) ? entry.item : respelt(cursor.get(key), spell)
    entries.set(name, { at: entry.at, item: inner ?? entry.item })
  }
  return { ...item, entries }
}
