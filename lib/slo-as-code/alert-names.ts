import type { AlertPolicy } from '../alert/alert-policy'
import type { PolicyInput } from '../alert/schema'
import { slugOf } from '../slo/definition-input'

/** Names of both are short; what is cut off is told apart by a number made of it. `turn`: the names of the one before are taken. */
export function ownPolicyInput(key: string, settings: AlertPolicy, turn = 1): PolicyInput {
  const slug = slugOf(`alerts ${key}`)
  const fits = turn === 1 && `alerts-${key.replace('/', '-')}` === slug
  const number = numberOf(turn === 1 ? key : `${key} ${turn}`)
  return {
    slug: fits ? slug : `${slug.slice(0, 52).replace(/-+$/, '')}-${number}`,
    name: turn === 1 && key.length <= 60 ? `Alerts of ${key}` : `Alerts of ${key.slice(0, 58)}… ${number}`,
    description: `As the file of ${key} says.`,
    settings,
  }
}

/** FNV-1a, 32 bits: seven letters are enough to tell names apart that begin alike. */
function numberOf(text: string): string {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0
  return hash.toString(36).padStart(7, '0').slice(-7)
}
