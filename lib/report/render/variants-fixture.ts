import type { Report, ServiceReport } from '../document'
import { at, DAY, head, JUNE, report } from './objective-fixture'
import { checkoutJune, SERVICE } from './report-fixture'

/** The month of the design as it may also be: empty, not over, corrected, or written by somebody who means harm. */
export const emptyJune = (): ServiceReport => ({
  ...checkoutJune(),
  ...head('', { reliability: 'Nothing was promised.', budget: 'There is no budget.', incidents: 'There was no incident.' }),
  address: null,
  service: { ...SERVICE, sloOwner: null, productOwner: null },
  ...{ objectives: [], incidents: [], releases: [], decisions: {}, corrections: [], waivers: [], recommendations: [] },
})

/** Ten hours into the fourteenth, in a zone of its own. */
export const preview = (): Report => {
  const document = checkoutJune()
  return report(
    {
      ...document,
      zone: 'Europe/Berlin',
      period: { from: JUNE.from - 7200, to: JUNE.to - 7200 },
      asOf: at(14, 8),
      objectives: document.objectives.map((one) => ({ ...one, days: one.days.slice(0, 14) })),
    },
    { id: null, revision: 0, builtAt: at(14, 8), builtBy: 'Emil Okafor' },
  )
}

export const revised = (): Report =>
  report(checkoutJune(), {
    revision: 2,
    changes: ['Exclusion #7 was approved on 3 July: Requests succeed 99.931 % → 99.934 %', 'INC-401 has a root cause'],
    builtAt: JUNE.to + 3 * DAY,
    builtBy: 'Sofia Marchetti',
  })

const EVIL = `<script>alert(1)</script>"'&]]>--></style>\u202egpj.exe\u0000 {}\\ 😀👩‍👩‍👧 ${'very long '.repeat(40)}`

/** Whatever people can type, typed everywhere. */
export function hostile(): Report {
  const spoilt = JSON.parse(JSON.stringify(checkoutJune()), (key, value) =>
    typeof value === 'string' && !KEPT.has(key) ? `${EVIL}${value}` : value,
  ) as ServiceReport
  return report({ ...spoilt, address: 'javascript:alert(1)' }, { revision: 2, changes: [EVIL], builtBy: EVIL })
}
const KEPT = new Set(['kind', 'month', 'zone', 'date', 'outcome', 'unit', 'retrospective', 'due'])
