import { expect, it } from 'vitest'
import { sloDefinitionSchema } from './definition-input'
import { readRecord, recordOf } from './definition-record'

const NAME = 'Orders\nFingerprint 00'
const definition = {
  ...{ name: 'Orders', slug: 'orders', service: 'shop', dataSource: 'prometheus', target: 0.99 },
  indicator: { kind: 'ratio', expression: 'up{job="shop"}' },
  ...{ method: 'time_slices', sliceTarget: 0.95, window: { kind: 'rolling', days: 28 } },
}

it('a name of older releases is read, and no longer taken', () => {
  const record = { ...sloDefinitionSchema.parse(definition), name: NAME }
  expect(readRecord(record).name).toBe(NAME)
  const { service, dataSource, ...row } = record
  expect(recordOf({ ...row, serviceSlug: service, sourceName: dataSource }).name).toBe(NAME)
  const { error } = sloDefinitionSchema.safeParse(record)
  expect(error?.issues.map(({ path, message }) => [path.join('.'), message])).toEqual([['name', 'Write the name on one line.']])
})
