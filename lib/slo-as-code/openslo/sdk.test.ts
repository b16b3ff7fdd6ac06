import { describe, expect, it } from 'vitest'
import { sloDefinitionSchema } from '../../slo/definition-input'
import { zoneSchema } from '../../slo/window'
import { portableOf } from '../portable'
import { errorsOf, read } from '../read-fixture'
import { KEPT as SLO } from './openslo-fixture'
import { opensloOf } from './write'

/** What the Go SDK takes has to be taken here, with a warning where it lets something pass by mistake, and the other way round. */

const but = (what: string, by: string) => {
  expect(SLO).toContain(what)
  return SLO.replace(what, by)
}
const said = (text: string) => read(text).faults.map(({ severity, path, reason }) => `${severity} ${path}: ${reason}`)
const HEAD = 'apiVersion: openslo/v1\nkind: '
const calendar = (start: string, zone: string) =>
  but('28d\n      isRolling: true', `1M\n      calendar: {startTime: ${start}, timeZone: ${zone}}`)

describe('names of fields', () => {
  it('may have other letters, and say so where they stand', () => {
    const text = but('budgetingMethod', 'budgetingmethod').replace('displayName: Checkout', 'DisplayName: Checkout')
    const { declared, faults } = read(text)
    expect(faults.map(({ line, column, severity, suggestion }) => `${line}:${column} ${severity} ${suggestion}`)).toEqual([
      '5:3 warning Write displayName.',
      '30:3 warning Write budgetingMethod.',
    ])
    expect(declared.slos[0]).toMatchObject({ name: 'Checkout works', method: 'occurrences' })
  })
  it('stand once: in other letters beside their own they are unknown', () => {
    expect(errorsOf(but('  service: ', '  SERVICE: a\n  service: '))).toEqual([
      '10:3 spec.SERVICE: There is no field “SERVICE” here.',
    ])
    expect(errorsOf(but('  service: ', '  SERVICE: a\n  Service: '))).toEqual([
      '11:3 spec.Service: There is no field “Service” here.',
    ])
  })
  it('are no names of labels', () => {
    expect(read(but('team: [shop]', 'Team: shop')).declared.slos[0]?.labels).toEqual({ Team: 'shop' })
  })
})

describe('values', () => {
  it.each(['+28d', '28 d', ' 28d', '28d.', '28d of a month'])('take “%s” for a duration', (written) => {
    const text = but('28d', `"${written}"`)
    if (written === '28d.') expect(errorsOf(text)).toHaveLength(1)
    else {
      expect(said(text)).toEqual([`warning spec.timeWindow[0].duration: “${written}” is read as 28d.`])
      expect(read(text).declared.slos[0]?.window).toEqual({ kind: 'rolling', days: 28 })
    }
  })
  it.each(['2026-01-01 0:00:00', '2026-01-01 00:00:00.5', '2026-01-01   00:00:00'])('take “%s” for a start', (written) => {
    expect(said(calendar(written, 'Europe/Berlin'))).toEqual([])
  })
  it.each(['2026-01-01 24:00:00', '2026-01-01T00:00:00', '2026-01-01'])('do not take “%s” for a start', (written) => {
    expect(errorsOf(calendar(written, 'UTC'))).toEqual([expect.stringContaining(`“${written}” is no start`)])
  })
  it('are zones letter by letter', () => {
    expect(said(calendar('2026-01-01 00:00:00', 'Asia/Kolkata'))).toEqual([])
    const { faults } = read(calendar('2026-01-01 00:00:00', 'europe/berlin'))
    expect(faults).toMatchObject([{ severity: 'error', suggestion: 'Write Europe/Berlin.' }])
    expect(errorsOf(calendar('2026-01-01 00:00:00', '+02:00'))).toHaveLength(1)
    expect(zoneSchema.safeParse('+02:00').success).toBe(false)
  })
  it('may be nothing, among those of a label and as details of a source', () => {
    expect(read(but('[shop]', '[shop, ~]')).declared.slos[0]?.labels).toEqual({ team: 'shop' })
    const source = `${HEAD}DataSource\nmetadata: {name: a}\nspec:\n  type: Prometheus\n`
    expect(errorsOf(`${source}  connectionDetails:\n`)).toEqual([])
    expect(errorsOf(source)).toEqual(['4:1 spec.connectionDetails: connectionDetails is required.'])
  })
})

describe('what is missing', () => {
  it.each([
    ['Service\nmetadata: {}\nspec: {}\n', '3:11 metadata: metadata is required.'],
    ['Service\nmetadata: {name: ""}\nspec: {}\n', '3:11 metadata: metadata is required.'],
    ['Service\nmetadata: {displayName: A}\nspec: {}\n', '3:1 metadata.name: name is required.'],
    ['DataSource\nmetadata: {name: a}\n', '1:1 spec: spec is required.'],
    ['SLO\nmetadata: {name: a}\n', '1:1 spec: spec is required.'],
    [
      'SLI\nmetadata: {name: a}\nspec: {thresholdMetric: {metricSource: }}\n',
      '4:40 spec.thresholdMetric.metricSource: metricSource is required.',
    ],
    [
      'AlertCondition\nmetadata: {name: a}\nspec: {severity: page, condition: {}}\n',
      '4:35 spec.condition: condition is required.',
    ],
  ])('is said once, of the whole: %s', (text, fault) => expect(errorsOf(HEAD + text)).toEqual([fault]))
})

const POLICY = (condition: string) =>
  `${HEAD}AlertPolicy\nmetadata: {name: a}\nspec:\n  notificationTargets: [{targetRef: b}]\n  conditions: [${condition}]\n`

describe('an object inside another', () => {
  it('is refused as the file is decoded where its kind is none, later where it is another', () => {
    const stage = (kind: string) =>
      read(POLICY(`{kind: ${kind}, metadata: {name: c}, spec: {severity: page}}`)).faults.find(({ path }) =>
        path.endsWith('.kind'),
      )?.stage
    expect(['Condition', 'SLO', 'AlertCondition'].map(stage)).toEqual(['decode', 'validate', undefined])
  })
  it('is named or written, not both, even where nothing stands behind a key', () => {
    expect(errorsOf(POLICY('{conditionRef: c, kind: }'))).toEqual([expect.stringContaining('exclude each other')])
    expect(errorsOf(POLICY('~'))).toEqual([expect.stringContaining('Name one with conditionRef')])
    expect(errorsOf(POLICY('{conditionRef: }'))).toEqual([expect.stringContaining('conditionRef is required.')])
    expect(errorsOf(`${HEAD}SLO\nmetadata: {name: a}\nspec: {service: s, indicatorRef: ""}\n`)).toContainEqual(
      expect.stringContaining('spec.indicatorRef: indicatorRef is required.'),
    )
  })
  it('waits for a time that is said', () => {
    const condition = 'condition: {kind: burnrate, op: gt, threshold: 2, lookbackWindow: 1h, alertAfter: ""}'
    const text = POLICY(`{kind: AlertCondition, metadata: {name: c}, spec: {severity: page, ${condition}}}`)
    expect(errorsOf(text)).toEqual([expect.stringContaining('alertAfter is required.')])
  })
})

describe('what the SDK does not look at', () => {
  const indicator = SLO.slice(SLO.indexOf('  indicator:'), SLO.indexOf('  timeWindow'))
  const composite = (fields: string) =>
    `${SLO.replace(indicator, '')}      ${fields}\n${indicator.replaceAll(/^/gm, '    ').trimEnd()}\n`

  it('is a comparison of a part of a composite, and of what is only referred to', () => {
    expect(said(composite('op: gt'))).toEqual([expect.stringMatching(/^warning .*op: op is forbidden where/)])
    expect(said(SLO.replace(indicator, '  indicatorRef: answered\n').concat('      op: above\n'))).toContainEqual(
      expect.stringMatching(/^warning spec\.objectives\[0\]\.op: “above” is none of/),
    )
    expect(errorsOf(`${SLO}      op: gt\n`)).toHaveLength(1)
  })
  it('is a weight outside of a composite', () => {
    expect(said(`${SLO}      compositeWeight: 0\n`)).toEqual([expect.stringMatching(/^warning .*0 is not a weight/)])
    expect(said(composite('compositeWeight: 0'))).toEqual([expect.stringMatching(/^error .*0 is not a weight/)])
  })
  it('is the length of slices where nothing is sliced', () => {
    expect(said(`${SLO}      timeSliceWindow: 30s\n`)).toEqual([expect.stringMatching(/^warning .*“30s” is no duration/)])
    expect(said(`${SLO}      timeSliceWindow: soon\n`)).toEqual([expect.stringMatching(/^error .*“soon” is no duration/)])
  })
})

describe('a calendar in a zone that only this engine knows by that name', () => {
  const definition = (timeZone: string) =>
    sloDefinitionSchema.parse({
      ...{ name: 'Checkout answers', slug: 'answers', service: 'checkout', dataSource: 'prometheus', target: 0.999 },
      indicator: { kind: 'availability', requests: 'http_requests_total{job="checkout"}', failed: 'code=~"5.."' },
      window: { kind: 'calendar', unit: 'month', timeZone },
    })
  const written = (timeZone: string) =>
    opensloOf({
      services: [{ slug: 'checkout', name: 'Checkout', description: '', labels: {}, dependencies: [] }],
      slos: [{ definition: definition(timeZone), alerting: null, scrapeSeconds: 60, links: { runbook: null, dashboard: null } }],
    })
  const zoneOf = (text: string) => {
    const { declared, faults } = read(text, true)
    return [portableOf(declared).slos[0]?.definition.window, faults.map(({ path }) => path)]
  }

  it.each([
    ['europe/berlin', 'Europe/Berlin'],
    ['PST', 'America/Los_Angeles'],
    ['us/pacific', 'America/Los_Angeles'],
  ])('%s is written as %s, and read as it was', (zone, name) => {
    expect(written(zone)).toContain(`timeZone: ${name}\n`)
    expect(written(zone)).toContain(`headroom.dev/time-zone: ${zone}\n`)
    expect(zoneOf(written(zone))).toEqual([{ kind: 'calendar', unit: 'month', timeZone: zone }, []])
  })
  it.each(['UTC', 'Europe/Berlin', 'Asia/Kolkata', 'US/Pacific', 'Etc/GMT+5'])('%s is everybody’s', (zone) => {
    expect(written(zone)).toContain(`timeZone: ${/[+]/.test(zone) ? `'${zone}'` : zone}\n`)
    expect(written(zone)).not.toContain('time-zone')
  })
  it('counts where the calendar was edited', () => {
    const at = 'metadata.annotations["headroom.dev/time-zone"]'
    const other = written('PST').replace('timeZone: America/Los_Angeles', 'timeZone: Asia/Tokyo')
    expect(zoneOf(other)).toEqual([{ kind: 'calendar', unit: 'month', timeZone: 'Asia/Tokyo' }, [at]])
    const rolling = written('PST').replace(/duration: 1M[\s\S]*?timeZone: .*\n/, 'duration: 30d\n      isRolling: true\n')
    expect(zoneOf(rolling)[1]).toContain(at)
  })
})
