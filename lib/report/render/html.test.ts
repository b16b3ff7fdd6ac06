import { HtmlValidate } from 'html-validate'
import { describe, expect, it } from 'vitest'
import { renderHtml } from './html'
import { FIXTURES, much } from './many-fixture'
import { html, styleString } from './markup'
import { report } from './objective-fixture'
import { checkoutJune } from './report-fixture'
import { hostile, preview, revised } from './variants-fixture'

const rendered = Object.entries(FIXTURES).map(([name, make]): [string, string] => [name, renderHtml(make())])
const text = (page: string) =>
  page
    .replace(/<style>[\s\S]*?<\/style>/, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')

describe('a report as one file', () => {
  const validator = new HtmlValidate({ extends: ['html-validate:recommended'] })

  it.each(rendered)('%s is valid HTML', async (_name, page) => {
    const { results } = await validator.validateString(page)
    expect(
      results.flatMap(({ messages }) => messages.map(({ ruleId, message, line }) => `${line}: ${ruleId} ${message}`)),
    ).toEqual([])
  })

  it.each(rendered)('%s is less than 300 KB', (_name, page) => expect(Buffer.byteLength(page)).toBeLessThan(300_000))

  it.each(rendered)('%s runs nothing and fetches nothing', (_name, page) => {
    expect(page).not.toMatch(/<(script|link|img|iframe|object|embed|base|form|foreignObject|image|audio|video)\b/i)
    expect(page).not.toMatch(/\s(on[a-z]+|src|srcset|style|background)=/i)
    expect(page).not.toMatch(/@import|@font-face|url\((?!#)/)
    const addresses = [...page.matchAll(/(href|xlink:href)="([^"]*)"/g)].map(([, , address]) => address)
    expect(addresses.filter((address) => !/^(#|https:\/\/headroom\.example\/)/.test(address ?? ''))).toEqual([])
  })

  it('has everything of everyone when there is little, and says how much is left out when there is much', () => {
    const page = text(renderHtml(much()))
    expect(page).toContain('30 releases are left out here')
    expect(page).toMatch(/\b3\d smaller causes/)
    const thousand = text(renderHtml(FIXTURES['organisation of a thousand']?.() ?? much()))
    // 27 of the thousand numbers are multiples of 37, so that many services missed one.
    expect(thousand).toContain('200 of 1000 services are shown, those that missed an objective and the worst first.')
    expect(thousand).toContain('Of the 800 left out every one met its objectives or could not be judged')
    expect(thousand.match(/2 of 3/g)).toHaveLength(27)
  })

  it('marks a preview, in the zone of the report', () => {
    const page = text(renderHtml(preview()))
    expect(page).toContain('June 2026 so far, to Sun 14 Jun, 10:00 Europe/Berlin.')
    expect(page).toContain('16 days of the month are still to come')
    expect(page).not.toContain('Reliability report')
  })

  it('lists what a revision changed', () => {
    const page = text(renderHtml(revised()))
    expect(page).toContain('Reliability report, revision 2')
    expect(page).toContain('What changed since revision 1: Exclusion #7 was approved on 3 July')
  })
})

describe('what a report says', () => {
  const page = text(renderHtml(report(checkoutJune())))

  it.each([
    // 99.93434… down; 99.957 before it
    ['an objective', 'Requests succeed availability 99.90 % 99.934 % −0.023 met 34.3 %'],
    ['one that was missed', 'Answers within 400 ms availability 99.00 % 98.696 % −0.494 not met −30.4 %'],
    ['the sum of causes', 'Consumed 65.7 % 99 360'],
    ['what is beyond a budget', 'Consumed 130.4 % 1 971 359'],
    ['answer times, rounded up', 'Answers within 400 ms 84 ms 88 ms 231 ms 274 ms 1.24 s 486 ms'],
    ['the cost of a release', 'medium approve 82.2 % Answers within 400 ms'],
    ['decisions', '3 requests were decided: 2 approve, 1 review.'],
    ['a waiver', '1.3 % of 5.0 %'],
    ['versions', 'Version 6, version 7 from Tue 2 Jun, 09:00'],
    ['the hash', '7853aab20f6c4a4d4eda325b2f26320df5a3342ee1d1adbbd2fa1bcc9e62c2bb'],
  ])('has %s', (_what, said) => expect(page.replaceAll('\u202f', ' ').replace(/(\d) %/g, '$1 %')).toContain(said))

  it('names a day by the incident that took most of it', () => {
    expect(page.replaceAll('\u202f', ' ')).toContain('INC-401 84.1 %')
    expect(page.replaceAll('\u202f', ' ')).toContain('INC-398 31.4 %')
  })
})

describe('text from people', () => {
  it('cannot become anything else', () => {
    const page = renderHtml(hostile())
    expect(page).not.toContain('\u202e')
    expect(page).not.toContain('\u0000')
    expect(page).not.toContain('javascript:')
    expect(page.match(/<\/style>/g)).toHaveLength(1)
    expect(page).toContain(
      '&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;]]&gt;--&gt;&lt;/style&gt;\ufffdgpj.exe\ufffd {}\\ 😀👩‍👩‍👧',
    )
  })

  it.each([
    ['<b a="c">&\'', '&lt;b a=&quot;c&quot;&gt;&amp;&#39;'],
    ['a\u2067b\u202ec\u0007', 'a\ufffdb\ufffdc\ufffd'],
    ['\ud800half', '\ufffdhalf'],
    ['line\nline\tend', 'line\nline\tend'],
  ])('%j is written %j', (from, to) => expect(html`${from}`.text).toBe(to))

  it('is a string in a style sheet, whatever it is', () =>
    expect(styleString('a"b\\c</style>\nÄ 1')).toBe('"a\\22 b\\5c c\\3c \\2f style\\3e \\a Ä 1"'))
})
