import { slugOf } from '../slo/definition-input'
import type { Cursor } from './cursor'
import { shown } from './fault'

/** Names of services by their address. Names that come to the same one become one service, which is said of each but the first. */
export class ServiceNames {
  private readonly first = new Map<string, string>()

  add(at: Cursor, name: string): void {
    const slug = slugOf(name)
    const first = this.first.get(slug)
    // Of a name that leaves nothing for an address it is said where it is read.
    if (slug === '') return
    if (first === undefined) this.first.set(slug, name)
    else if (first !== name)
      at.warn(
        'references',
        `The services “${shown(first)}” and “${shown(name)}” become one here: ${slug}.`,
        'Write both alike, or give one of them another name.',
      )
  }
}
