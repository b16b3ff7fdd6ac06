import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { refusedAt } from './promql-check'
import { readTree } from './promql-read'

// The oracle is promtool: what it refuses in a file of rules is refused before it gets there, and nothing else is.

const promtool = process.env.PROMTOOL_BIN ?? 'promtool'

/** Which of these queries Prometheus refuses, each as the only rule of a file. The sign: a range or a text is no value of a rule. */
function refusedByPromtool(queries: string[]): boolean[] {
  const folder = mkdtempSync(join(tmpdir(), 'headroom-promql-'))
  try {
    const files = queries.map((expr, i) => {
      const file = join(folder, `${i}.yml`)
      writeFileSync(file, JSON.stringify({ groups: [{ name: 'g', rules: [{ record: 'r', expr: `-(${expr})` }] }] }))
      return file
    })
    const { stdout, stderr } = spawnSync(promtool, ['check', 'rules', ...files], { encoding: 'utf8', maxBuffer: 1e8 })
    const said = `${stdout}${stderr}`
    const failed = new Set([...said.matchAll(/(\d+)\.yml: \d+:\d+:/g)].map(([, i]) => Number(i)))
    expect(said.match(/SUCCESS/g)?.length ?? 0).toBe(queries.length - failed.size)
    return queries.map((_, i) => failed.has(i))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function refusedHere(query: string): boolean {
  const tree = readTree(query)
  return !tree.ok || refusedAt(tree.value, query) !== null
}

const compared = (queries: string[]) => {
  const theirs = refusedByPromtool(queries)
  return queries.filter((query, i) => refusedHere(query) !== theirs[i])
}

const PATTERNS = [
  ...['\\n', '\\x41', '\\101', '\\u0041', '\\U0001F600', '\\"', '\\\\\\\\'],
  ...[
    '5..',
    'a|b',
    '',
    '.*',
    '.+',
    '(?i)a',
    '\\\\d+',
    '[a-z]',
    'a{2}',
    'a{1000}',
    '\\\\pL',
    '\\\\p{Greek}',
    '[[:alpha:]]',
    '(?P<n>a)',
  ],
  ...[
    'a\\d',
    '\\400',
    '\\u12',
    '\\ud800',
    '\\x4',
    '\\U00110000',
    "\\'",
    'a(',
    ')',
    '[z-a]',
    'a**',
    '*a',
    'a{2,1}',
    'a{1001}',
    '(?!a)',
    '(?=a)',
    '(?<=a)',
    '\\\\8',
    '\\\\Z',
    '\\\\p{Nobody}',
    '[a',
  ],
]

const leaf = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('x', 'x{a="b"}', 'x[5m]', 'x offset 5m', 'x[5m] offset -1h', 'x @ end()', '{a="b"}') },
  { weight: 3, arbitrary: fc.constantFrom('1', '-1.5', '"t"', '{a!="b"}', '{}', 'x[0s]', 'x[-5m]', 'time()', 'x[5m:1m]') },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom('x', ''), fc.constantFrom('=~', '!~'), fc.constantFrom(...PATTERNS))
      .map(([name, op, pattern]) => `${name}{a${op}"${pattern}"}`),
  },
)
const FUNCTIONS = [
  ...[
    'rate',
    'increase',
    'sum_over_time',
    'quantile_over_time',
    'absent',
    'abs',
    'round',
    'scalar',
    'vector',
    'clamp',
    'clamp_max',
  ],
  ...[
    'histogram_quantile',
    'label_replace',
    'label_join',
    'time',
    'minute',
    'predict_linear',
    'sort',
    'deriv',
    'timestamp',
    'sgn',
  ],
]
const { query } = fc.letrec<{ query: string }>((tie) => {
  const some = (most: number) => fc.array(tie('query'), { maxLength: most })
  const operators = [
    '+',
    '-',
    '/',
    '>',
    '== bool',
    'and',
    'or',
    'unless',
    '+ bool',
    '> on (a)',
    '/ on (a) group_left',
    'and on (a) group_left',
  ]
  return {
    query: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      leaf,
      fc.tuple(fc.constantFrom(...FUNCTIONS), some(3)).map(([name, given]) => `${name}(${given.join(', ')})`),
      fc
        .tuple(
          fc.constantFrom('sum', 'max by (a) ', 'count', 'topk', 'quantile', 'count_values', 'bottomk without (a) '),
          some(2),
        )
        .map(([name, given]) => `${name}(${given.join(', ')})`),
      fc.tuple(tie('query'), fc.constantFrom(...operators), tie('query')).map(([a, op, b]) => `(${a}) ${op} (${b})`),
      fc.tuple(fc.constantFrom('-', '(', '+'), tie('query')).map(([sign, one]) => (sign === '(' ? `(${one})` : `${sign}${one}`)),
      fc.tuple(tie('query'), fc.constantFrom('[10m:1m]', '[5m]', ' offset 1m')).map(([one, behind]) => `(${one})${behind}`),
    ),
  }
})

it('refuses what promtool refuses of queries that people write', () => {
  const queries = [
    ...['rate(up)', 'sum(up[5m])', 'avg(up) + "a"', 'histogram_quantile(rate(x[5m]))', 'up and 1', 'topk(up)', 'quantile(up)'],
    ...[
      'round(up, "1")',
      'vector(up)',
      'clamp(up, 0)',
      'up[5m]',
      'sum(x, 5)',
      'count_values(x)',
      '1 > 2',
      'count_values("a", x)',
    ],
    ...['sum(rate(x{code=~"5.."}[5m])) / sum(rate(x[5m]))', '1 - sum(rate(x[5m])) / (sum(rate(y[5m])) > 0)', 'x or vector(0)'],
    ...[
      'histogram_quantile(0.9, sum by (le) (rate(x_bucket[5m])))',
      'avg_over_time((x > bool 1)[5m:])',
      'absent_over_time(x[5m])',
    ],
    ...[
      'max_over_time(rate(x[5m])[1h:1m])',
      'sum by (a) (x) / on (a) group_left sum(y)',
      'predict_linear(x[1h], 3600)',
      '-x',
      'pi()',
      'vector(pi())',
      'pi() and x',
      'pi() > 1',
    ],
    ...['x{__name__="x"}', 'x{a="b",__name__=~"x.*"}', '{__name__="x"}', 'atan2', 'Atan2{a="b"}', 'and{a="b"}', 'x == # one\n1'],
    ...['x @ 1e100', 'x @ Inf', 'x @ 9.2e18', 'x @ -9.3e18', 'rate(x[100000y])', 'rate(x[292y])', 'x offset 293y', 'x[5m:293y]'],
    ...[
      '# first\nsum(x)',
      'sum(x # of all\n)',
      'topk(1, # most\n x)',
      '# first\n# second\nrate(x)',
      'start() + x',
      'x @ start()',
    ],
    ...PATTERNS.map((pattern) => `sum(rate(x{a=~"${pattern}"}[5m]))`),
  ]
  expect(compared(queries)).toEqual([])
})

it('refuses what promtool refuses of queries that nobody writes', () => {
  const queries = [...new Set(fc.sample(query, { numRuns: 4_000, seed: 7 }).filter((text) => text.length < 300))]
  const refused = queries.filter(refusedHere).length
  // Both kinds are tried.
  expect(Math.min(refused, queries.length - refused)).toBeGreaterThan(100)
  expect(compared(queries)).toEqual([])
}, 60_000)
