// The architecture as a check. Arrows may only point down this list:
//   app, cli, scripts, poller → components → lib/<domain>/{reads,commands} → adapters and measurement → pure files
const SERVER_FILE = '(reads|commands|commands-[a-z-]+|reads-[a-z-]+)\\.ts$'
const ADAPTERS = '^lib/(db|prometheus)/'
const ENGINE = '^lib/measurement/'
const PURE = `^lib/(slo|service|time-series|template|journey|correction|finding|alert|incident|ledger|release|policy|priority|decision|report|review|wall|governance|drift|dashboards|prometheus-rules)/(?!.*(${SERVER_FILE}|follow-alerts\\.ts$|(hash|share)\\.ts$))`
const TEST = '(\\.test\\.tsx?|-fixture\\.ts)$'

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Files that need each other are one file.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'lib-knows-no-screen',
      comment: 'Rules must run without a browser.',
      severity: 'error',
      from: { path: '^lib/' },
      to: { path: '^(app|components)/' },
    },
    {
      name: 'components-know-no-routes',
      comment: 'A component can be used on any page.',
      severity: 'error',
      from: { path: '^components/' },
      to: { path: '^app/', pathNot: '^app/.*actions\\.ts$' },
    },
    {
      name: 'components-are-given-data',
      comment: 'Pages read, components show.',
      severity: 'error',
      from: { path: '^components/' },
      to: {
        path: [ADAPTERS, ENGINE, '^lib/poller/', '^lib/auth/session', `^lib/[^/]+/${SERVER_FILE}`],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'primitives-know-no-domain',
      comment: 'components/ui could serve any product.',
      severity: 'error',
      from: { path: '^components/ui/' },
      to: { path: '^lib/[^/]+/' },
    },
    {
      name: 'storage-behind-reads-and-commands',
      comment: 'Pages and routes ask reads and commands, which authorize; they never touch storage or sources.',
      severity: 'error',
      from: { path: '^(app|components)/', pathNot: TEST },
      to: { path: [ADAPTERS, ENGINE], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'pure-files-do-no-io',
      comment: 'Arithmetic takes everything as arguments.',
      severity: 'error',
      from: { path: PURE, pathNot: [TEST, '(actions|query-options)\\.ts$'] },
      to: {
        path: [
          ADAPTERS,
          ENGINE,
          '^lib/(poller|env)',
          '^lib/auth/session',
          `^lib/[^/]+/${SERVER_FILE}`,
          'node_modules/(next|react|react-dom|server-only|@prisma|pg)/',
        ],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'pure-files-need-no-node',
      comment: 'They run in the browser too.',
      severity: 'error',
      from: { path: PURE, pathNot: TEST },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'domain-knows-no-request',
      comment: 'Sessions and caches are the business of routes and actions.',
      severity: 'error',
      from: { path: `^lib/(?!auth/)[^/]+/${SERVER_FILE}` },
      to: { path: ['node_modules/next/', '^lib/auth/session'] },
    },
    {
      name: 'nothing-imports-the-poller',
      comment: 'It is a process of its own.',
      severity: 'error',
      from: { pathNot: ['^lib/poller/', '^bench/', '^lib/conformance/', TEST] },
      to: { path: '^lib/poller/' },
    },
    {
      name: 'adapters-know-no-slo',
      comment: 'Text in, series out.',
      severity: 'error',
      from: { path: '^lib/prometheus/' },
      to: { path: '^lib/(slo|service|measurement)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^\\.next', '^\\.headroom', '^lib/db/generated'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
  },
}
