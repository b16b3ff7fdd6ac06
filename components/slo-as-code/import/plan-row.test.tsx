import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { fileTails } from './file-tails'
import { Needed } from './needed'
import { PlanRow } from './plan-row'

const FILES = ['slos/sub/a.yaml', 'slos/a.yaml', 'slos/b.yaml']
const tails = fileTails(FILES)
const words = (markup: string) => markup.replace(/<[^>]*>/g, '').replaceAll('&#x27;', "'")

it('an SLO of the preview names its file so that it can be told from the others', () => {
  const row = (file: string) =>
    renderToStaticMarkup(
      <PlanRow
        slo={{
          ...{ kind: 'slo', verb: 'create', key: 'shop/a', name: 'A', sloId: null, place: { file, line: 7 } },
          ...{ changes: [], reason: null, notes: [], effect: null, alerts: null },
        }}
        tail={tails.get(file)}
        taken={true}
        measuring={false}
        onTake={() => {}}
        onPlace={() => {}}
      />,
    )
  expect(words(row('slos/sub/a.yaml'))).toContain('sub/a.yaml:7')
  expect(words(row('slos/sub/a.yaml'))).not.toContain('slos/sub/a.yaml:7')
  expect(words(row('slos/a.yaml'))).toContain('slos/a.yaml:7')
  expect(words(row('slos/b.yaml'))).toMatch(/A shop\/ab\.yaml:7/)
  expect(row('slos/b.yaml')).toContain('title="slos/b.yaml"')
})

it('so does what stands in the way', () => {
  const fault = (file: string, option?: 'source') => ({
    ...{ file, line: 3, column: 1, path: '', severity: 'error' as const, stage: 'references' as const, reason: 'No.' },
    ...{ object: 'SLO a', ...(option && { option }) },
  })
  const markup = renderToStaticMarkup(
    <Needed
      needs={{ source: [fault('slos/sub/a.yaml', 'source')], team: [], other: [fault('slos/b.yaml'), fault('gone/c.yaml')] }}
      tails={tails}
      onPlace={() => {}}
    />,
  )
  expect(words(markup)).toContain('a sub/a.yaml:3')
  expect(words(markup)).toContain('No. b.yaml:3')
  expect(words(markup)).toContain('gone/c.yaml:3')
  expect(markup).toContain('title="slos/sub/a.yaml"')
})
