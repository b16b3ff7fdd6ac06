import type { Cursor } from '../cursor'
import { shown } from '../fault'
import type { Fields, Shape } from '../shape'
import type { Item, MapItem } from '../tree'

/** JSON in Go takes names of fields in small and capital letters alike, and so does every tool that is built on the SDK. */

/** The object with its fields in their usual letters. Each that has others is warned of. */
export function inUsualLetters(object: Cursor, shape: Shape): Cursor {
  const { item } = object
  return item === undefined || isUsual(item, shape) ? object : object.as(respelt(object, item, shape))
}

const innerOf = (fields: Fields, key: string): Shape | undefined => (Object.hasOwn(fields, key) ? fields[key] : undefined)

/** Nearly all objects are, and cost no more than a look at each key. */
function isUsual(item: Item, shape: Shape): boolean {
  if (typeof shape === 'string' || 'map' in shape) return true
  if ('list' in shape) return item.kind !== 'list' || item.items.every((one) => isUsual(one, shape.list))
  if (item.kind !== 'map') return true
  for (const [key, entry] of item.entries) {
    const inner = innerOf(shape.fields, key)
    if (inner ? !isUsual(entry.item, inner) : meantBy(key, shape.fields, item) !== undefined) return false
  }
  return true
}

/** The field that differs in its letters only, unless it is there as well. */
const meantBy = (key: string, fields: Fields, { entries }: MapItem): string | undefined =>
  Object.keys(fields).find((field) => field.toLowerCase() === key.toLowerCase() && !entries.has(field))

function respelt(cursor: Cursor, item: Item, shape: Shape): Item {
  if (typeof shape === 'string' || 'map' in shape) return item
  if ('list' in shape)
    return item.kind === 'list'
      ? { ...item, items: cursor.each().map((one) => respelt(one, one.item as Item, shape.list)) }
      : item
  if (item.kind !== 'map') return item
  const entries: MapItem['entries'] = new Map()
  for (const [key, entry] of item.entries) {
    const at = cursor.get(key)
    const usual = innerOf(shape.fields, key) ? key : (meantBy(key, shape.fields, item) ?? key)
    const inner = innerOf(shape.fields, usual)
    const twice = entries.has(usual)
    if (usual !== key && !twice)
      at.strange(`“${shown(key)}” is taken for ${usual}: not every tool reads it in these letters.`, `Write ${usual}.`, 'warning')
    entries.set(twice ? key : usual, { ...entry, item: inner ? respelt(at, entry.item, inner) : entry.item })
  }
  return { ...item, entries }
}
