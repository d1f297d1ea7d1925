// The directions of import, as data. An arrow points at what is imported. `check-imports.mjs` enforces this table.
// A folder may always import from itself. `packages` lists what may come from npm; `node:*` is named separately.
// `quotesCode`: template literals hold code to paste. The longest matching `from` wins. Tests (`*.test.ts`) may import anything.

export const rules = [
  { from: 'analyzer/base', may: [], packages: [], node: false },
  { from: 'analyzer/model', may: ['analyzer/base'], packages: [], node: false },
  // Data that people read: lines to paste, settings, limits.
  { from: 'analyzer/frameworks', may: [], packages: [], node: false, quotesCode: true },
  { from: 'analyzer/conventions', may: ['analyzer/base', 'analyzer/model'], packages: [], node: false },
  {
    from: 'analyzer/runs',
    may: ['analyzer/base', 'analyzer/model', 'analyzer/conventions'],
    packages: [],
    node: false,
  },
  {
    from: 'analyzer/dependencies',
    may: ['analyzer/base', 'analyzer/model', 'analyzer/runs'],
    packages: ['lru-cache', 'pgsql-ast-parser', 'unbash'],
    node: false,
  },
  {
    from: 'analyzer/learning',
    may: ['analyzer/base', 'analyzer/model', 'analyzer/dependencies'],
    packages: [],
    node: false,
  },
  {
    from: 'analyzer/schedule',
    may: ['analyzer/base', 'analyzer/model', 'analyzer/runs', 'analyzer/dependencies'],
    packages: ['tinyqueue'],
    node: false,
  },
  {
    from: 'analyzer/findings',
    may: [
      'analyzer/base',
      'analyzer/frameworks',
      'analyzer/model',
      'analyzer/runs',
      'analyzer/dependencies',
      'analyzer/schedule',
    ],
    packages: [],
    node: false,
  },
  // The analyzer's front: `index.ts` and the files beside it put the stages together.
  { from: 'analyzer', may: ['analyzer'], packages: [], node: false },
  { from: 'collector/rows', may: [], packages: [], node: false },
  {
    from: 'collector/otlp',
    may: ['analyzer/base', 'analyzer/model', 'collector/rows', 'collector/redaction/redactor.ts'],
    packages: ['protobufjs'],
    node: true,
  },
  {
    from: 'collector/store',
    may: ['analyzer/base', 'analyzer/model', 'collector/rows'],
    packages: ['better-sqlite3'],
    node: true,
  },
  // Text in, text out: what a span is, nobody tells it.
  { from: 'collector/redaction', may: [], packages: [], node: true },
  {
    from: 'collector/retention',
    may: ['analyzer/base', 'analyzer/model', 'collector/store'],
    packages: ['better-sqlite3'],
    node: true,
  },
  {
    from: 'collector/transport',
    may: ['analyzer/base'],
    packages: ['@bokuweb/zstd-wasm', 'hysnappy'],
    node: true,
  },
  // Files to requests and spans, and into the store.
  {
    from: 'collector/import',
    may: [
      'analyzer/base',
      'analyzer/model',
      'collector/conversation-reader.ts',
      'collector/otlp',
      'collector/rows',
      'collector/store',
      'collector/transport',
    ],
    packages: [],
    node: true,
  },
  {
    from: 'collector/grpc',
    may: ['analyzer/base', 'collector/ingest', 'collector/otlp', 'collector/transport'],
    packages: [],
    node: true,
  },
  {
    from: 'collector/routes',
    may: [
      'analyzer/base',
      'analyzer/model',
      'analyzer/index.ts',
      'collector/ingest',
      'collector/otlp',
      'collector/store',
      'collector/transport',
    ],
    packages: ['hono', 'lru-cache'],
    node: true,
  },
  {
    from: 'collector',
    may: ['collector', 'analyzer/base', 'analyzer/model', 'analyzer/index.ts', 'analyzer/conversations.ts'],
    packages: ['hono', '@hono/node-server'],
    node: true,
  },
  { from: 'ui/layout', may: ['analyzer/base', 'analyzer/model'], packages: ['d3'], node: false },
  {
    from: 'ui/data',
    may: ['analyzer/base', 'analyzer/model', 'analyzer/index.ts', 'analyzer/config-of-overrides.ts', 'ui/state'],
    packages: [],
    node: false,
  },
  { from: 'ui/state', may: ['analyzer/base', 'analyzer/model', 'ui/layout'], packages: ['preact'], node: false },
  {
    from: 'ui/views',
    may: ['ui', 'analyzer/base', 'analyzer/model', 'analyzer/frameworks'],
    packages: ['preact', 'd3'],
    node: false,
  },
  { from: 'ui', may: ['ui', 'analyzer/base', 'analyzer/model'], packages: ['preact', 'd3'], node: false },
  {
    from: 'cli',
    may: ['analyzer/base', 'analyzer/model', 'analyzer/frameworks', 'analyzer/index.ts', 'collector'],
    packages: [
      'commander',
      'jiti',
      'valibot',
      '@opentelemetry/api',
      '@opentelemetry/sdk-trace-node',
      '@opentelemetry/exporter-trace-otlp-proto',
      '@opentelemetry/resources',
    ],
    node: true,
  },
  { from: 'fixtures', may: ['analyzer/base', 'analyzer/model'], packages: [], node: true },
  { from: 'scripts', may: ['analyzer', 'collector', 'cli', 'fixtures', 'ui'], packages: ['*'], node: true },
]

/** Globals that a folder may not touch: the analyzer is pure, and views never fetch. */
export const forbidden = [
  {
    from: 'analyzer',
    // `'process.pid'` is the name of an attribute.
    pattern: /\b(console\.|Date\.now\(|new Date\(\)|Math\.random\(|performance\.|fetch\(|(?<!')process\.)/,
    why: 'the analyzer is pure: no clock, randomness, console or I/O',
  },
  { from: 'ui/views', pattern: /\bfetch\(|new EventSource\(/, why: 'data comes through ui/data only' },
  { from: 'ui/layout', pattern: /\b(document|window)\./, why: 'layout is arithmetic: no DOM' },
]

/** Imports that break a rule and are known: `from -> to`. Empty is the aim. */
export const debts = []
