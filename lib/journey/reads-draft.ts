import 'server-only'
import type { Actor } from '../auth/actor'
import { db } from '../db/client'
import { EMPTY_DRAFT, type SloDraft } from '../slo/draft'
import { windowSchema } from '../slo/window'
import { journeyDetail } from './reads'

/** The composite SLO of a journey, begun: its measured steps with the window that most of them have. */
export async function journeyDraft(actor: Actor, slug: string): Promise<{ draft: SloDraft; notes: string[] }> {
  const journey = await journeyDetail(actor, slug)
  const steps = journey.steps.flatMap(({ slo }) => (slo && !slo.gone ? slo : []))
  const windows = steps.map(({ window }) => window)
  const often = (text: string) => windows.filter((other) => other === text).length
  const [usual] = [...windows].sort((a, b) => often(b) - often(a))
  const members = steps.filter(({ window }) => window === usual)
  const left = steps.filter(({ window }) => window !== usual)
  const first = members[0] ? await db().slo.findUnique({ where: { id: members[0].id }, select: { window: true } }) : null
  const window = first ? windowSchema.parse(first.window) : null
  const [service = ''] = members.at(-1)?.key.split('/') ?? []
  return {
    draft: {
      ...EMPTY_DRAFT,
      ...{ name: journey.name, slug, description: journey.description, service, kind: 'composite', method: 'ratio_time_slices' },
      rule: 'product',
      objectives: [{ target: '99', threshold: '' }],
      ...(window?.kind === 'rolling' && { windowKind: 'rolling', days: String(window.days) }),
      ...(window?.kind === 'calendar' && { windowKind: 'calendar', unit: window.unit, timeZone: window.timeZone }),
      members: members.map(({ key }) => {
        const [owner = '', slo = ''] = key.split('/')
        return { service: owner, slo, weight: '1' }
      }),
    },
    notes: left.map(
      ({ name, window: other }) => `${name} has a window of ${other}, so it is no member; the others have ${usual}.`,
    ),
  }
}
