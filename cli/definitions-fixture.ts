import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { vi } from 'vitest'

/** A file of Sloth with one SLO of a service. */
const sloth = (service: string) =>
  JSON.stringify({
    ...{ version: 'prometheus/v1', service },
    slos: [
      {
        ...{ name: 'availability', objective: 99.9 },
        sli: {
          events: {
            error_query: `sum(rate(r_total{job="${service}",code=~"5.."}[{{.window}}]))`,
            total_query: `sum(rate(r_total{job="${service}"}[{{.window}}]))`,
          },
        },
        alerting: { name: 'Burns', page_alert: {}, ticket_alert: {} },
      },
    ],
  })

/** A folder with definitions of two services, and a file that is none. */
export function definitionFiles() {
  const folder = mkdtempSync(join(tmpdir(), 'headroom-files-'))
  const file = (name: string, content: string) => {
    writeFileSync(join(folder, name), content)
    return join(folder, name)
  }
  return {
    ...{ folder, remove: () => rmSync(folder, { recursive: true }) },
    ...{ cart: file('cart.yaml', sloth('cart')), pay: file('pay.yaml', sloth('pay')), wrong: file('x.yaml', '- x: [') },
  }
}

/** What a command writes to its two outputs, until it is forgotten. */
export function heard() {
  const said = { out: '', errors: '' }
  return {
    said,
    listen: () => {
      vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
        said.out += String(text)
        return true
      })
      vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
        said.errors += String(text)
        return true
      })
    },
    forget: () => {
      vi.restoreAllMocks()
      Object.assign(said, { out: '', errors: '' })
    },
  }
}
