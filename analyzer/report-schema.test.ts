import { readdirSync, readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { readOtlpFile } from '../collector/otlp/read-otlp-file.ts'
import { draw } from '../fixtures/draw.ts'
import { sketch } from './conventions/test-span.ts'
import { analyze } from './index.ts'
import { onDay } from './learning/test-days.ts'
import type { AnalyzeOptions } from './model/options.ts'
import { REPORT_SCHEMA, type Report } from './model/report.ts'
import type { Span } from './model/span.ts'
import schema from './report.schema.json' with { type: 'json' }

const validate = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(schema)

/** A report as a reader gets it: through JSON, where an undefined field is no field. */
const throughJson = (report: Report): unknown => JSON.parse(JSON.stringify(report))

function errorsOf(document: unknown): readonly string[] {
  validate(document)
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  )
}

const fixtures = new URL('../fixtures/', import.meta.url)
const filesIn = (folder: string) => readdirSync(new URL(folder, fixtures)).sort()
const read = (path: string) => readFileSync(new URL(path, fixtures))

interface Sample {
  readonly name: string
  readonly spans: readonly Span[]
  readonly options: Partial<AnalyzeOptions>
}

const drawings = filesIn('drawings/').map((file): Sample => {
  const { spans, options } = draw(read(`drawings/${file}`).toString('utf8'))
  return { name: file, spans, options }
})

const captures = filesIn('captures/')
  .filter((file) => file.endsWith('.json'))
  .map((file): Sample => {
    const spans = readOtlpFile(read(`captures/${file}`))
    if (!spans.ok) throw new Error(`${file}: ${spans.error}`)
    return { name: file, spans: spans.value.spans, options: {} }
  })

/** Six runs of one agent: the last learns a pair of tools, a way of a value and a habit from the five before it. */
const several: Sample = {
  name: 'six runs of one agent',
  spans: Array.from({ length: 6 }, (_, n) =>
    onDay(
      n,
      `# Orders
plan        ==          model
get_user      ==        tool read <- {} -> {"id":"usr_${n}91fx5k"}
get_clock     ==        tool read <- {} -> "12:40"
next            ==      model
get_orders        ==    tool read <- {"user":"usr_${n}91fx5k","region":"emea-north"} -> "none"
answer              ==  model
`,
    ),
  ).flat(),
  options: {},
}

/** What no drawing or capture has: definitions with annotations, and a request inside a tool's span. */
const hinted: Sample = {
  name: 'hand-made spans with hints at effects',
  spans: [
    sketch({ id: '1', to: 9, attributes: { 'gen_ai.operation.name': 'invoke_agent' } }),
    sketch({
      id: '2',
      parent: '1',
      from: 1,
      to: 2,
      attributes: {
        'gen_ai.operation.name': 'chat',
        'gen_ai.tool.definitions': JSON.stringify([
          { name: 'desk', description: 'Shows a desk.', annotations: { readOnlyHint: true, destructiveHint: false } },
        ]),
      },
    }),
    sketch({ id: '3', parent: '1', from: 3, to: 6, attributes: { 'gen_ai.tool.name': 'desk' } }),
    sketch({ id: '4', parent: '3', from: 4, to: 5, attributes: { 'http.request.method': 'GET' } }),
  ],
  options: {},
}

const samples = [...drawings, ...captures, several, hinted]

test('there are drawings and captures to validate', () => {
  expect(drawings.length).toBeGreaterThanOrEqual(8)
  expect(captures.length).toBeGreaterThanOrEqual(4)
})

describe.each(samples)('the report of $name', ({ spans, options }) => {
  test('is as the schema says', () => {
    expect(errorsOf(throughJson(analyze(spans, options)))).toEqual([])
  })

  test('is so without content, which leaves its fields out', () => {
    const report = throughJson(analyze(spans, { ...options, content: false }))
    expect(errorsOf(report)).toEqual([])
    const paths = fieldsOf(report)
    for (const field of [
      'runs.messages',
      'runs.tools',
      'runs.calls.operations',
      'runs.turns.text',
      'runs.calls.arguments',
      'runs.calls.result',
    ]) {
      expect(paths).not.toContain(field)
    }
  })
})

test('a report of no spans is valid too', () => {
  expect(errorsOf(throughJson(analyze([])))).toEqual([])
})

test('options that were set are valid: every kind of override, caps, prices, the other rung', () => {
  const { spans, rows } = draw('# Set\nplan  =     model\na      ==   tool\nb        =  tool\n')
  const [from, to] = [rows[1]!.id!, rows[2]!.id!]
  const overrides = [
    { kind: 'independent', from, to },
    { kind: 'dependent', from, to },
    { kind: 'effect', tool: 'a', effect: 'read' },
  ] as const
  const prices = { currency: 'USD', models: { small: { input: 0.5, output: 2 } } }
  const resourceCaps = { 'path:*': 1 }
  const set = {
    overrides,
    concurrency: 2,
    rung: 'overlap',
    threshold: 0.5,
    prices,
    resourceCaps,
    contention: 1.2,
  } as const
  const report = throughJson(analyze(spans, set))
  expect(errorsOf(report)).toEqual([])
  expect(report).toMatchObject({ schema: REPORT_SCHEMA, options: set })
})

test('the schema names no field that no report has', () => {
  const seen = new Set(samples.flatMap(({ spans, options }) => [...fieldsOf(throughJson(analyze(spans, options)))]))
  const named = fieldsOfSchema()
  // Options that no sample sets have a test of their own. The bound has no gaps, so none has a cause.
  const elsewhere = /^options\.(overrides|prices|silence)\.|^runs\.schedules\.bound\.criticalPath\.cause$/
  expect([...named].filter((path) => !seen.has(path) && !elsewhere.test(path))).toEqual([])
})

test('every field with a unit says so in its description', () => {
  const missing: string[] = []
  for (const [path, described] of describedFields()) {
    if (/(Ms|^ms|\.ms|\.low|\.high)$/.test(path) && !/[Mm]illisecond/.test(described)) missing.push(path)
  }
  expect(missing).toEqual([])
})

/** What to put in a place of a report to break it; GONE takes the field away. */
const GONE = Symbol('gone')

describe('a broken report is refused:', () => {
  test.each<[what: string, path: readonly (string | number)[], value: unknown, message: RegExp]>([
    ['another schema', ['schema'], 'tailrace.report/2', /\/schema must be equal to constant/],
    ['no runs', ['runs'], GONE, /must have required property 'runs'/],
    ['a field nobody wrote down', ['runs', 0, 'speed'], 1, /\/runs\/0 must NOT have additional properties/],
    ['an id that is none', ['runs', 0, 'calls', 0, 'id'], 'call_1', /\/runs\/0\/calls\/0\/id must match pattern/],
    ['a time that is text', ['runs', 0, 'turns', 0, 'startMs'], '0', /\/turns\/0\/startMs must be number/],
    ['a time that JSON lost', ['runs', 0, 'durationMs'], null, /\/durationMs must be number/],
    ['a length below nothing', ['runs', 0, 'serialized', 'ms'], -1, /\/serialized\/ms must be >= 0/],
    ['a share above all', ['runs', 0, 'serialized', 'share'], 1.5, /\/serialized\/share must be <= 1/],
    ['a start without nanoseconds', ['runs', 0, 'startTime'], '2026-01-01T00:00:00Z', /startTime must match pattern/],
    ['a missing schedule', ['runs', 0, 'schedules', 'batch'], GONE, /required property 'batch'/],
    ['a verdict of its own', ['runs', 0, 'verdicts', 0, 'verdict'], 'maybe', /\/verdict must be equal to one of/],
    ['a turn before the first', ['runs', 0, 'calls', 0, 'turn'], -2, /\/turn must be >= -1/],
    ['an override of two kinds', ['options', 'overrides', 0], { kind: 'effect', from: 'a', to: 'b' }, /overrides\/0/],
  ])('%s', (_what, path, value, message) => {
    const report = throughJson(analyze(drawings[0]!.spans, drawings[0]!.options))
    expect(errorsOf(report)).toEqual([])
    breakAt(report, path, value)
    expect(errorsOf(report).join('\n')).toMatch(message)
  })
})

function breakAt(document: unknown, path: readonly (string | number)[], value: unknown): void {
  let parent = document as Record<string | number, unknown>
  for (const key of path.slice(0, -1)) parent = parent[key] as Record<string | number, unknown>
  const last = path.at(-1)!
  if (value === GONE) delete parent[last]
  else parent[last] = value
}

/** Paths of all fields, list items merged: `runs.calls.tool`. Captured content is not looked into. */
function fieldsOf(document: unknown): Set<string> {
  const paths = new Set<string>()
  const open: [string, unknown][] = [['', document]]
  for (let next = open.pop(); next; next = open.pop()) {
    const [path, value] = next
    if (Array.isArray(value)) {
      for (const item of value) open.push([path, item])
      continue
    }
    if (value === null || typeof value !== 'object' || /\.(arguments|result|value)$/.test(path)) continue
    for (const [key, inner] of Object.entries(value)) {
      const at = path === '' ? key : `${path}.${key}`
      paths.add(at)
      open.push([at, inner])
    }
  }
  return paths
}

interface Node {
  readonly $ref?: string
  readonly description?: string
  readonly items?: Node
  readonly properties?: Readonly<Record<string, Node>>
  readonly oneOf?: readonly Node[]
  readonly anyOf?: readonly Node[]
}

const fieldsOfSchema = (): Set<string> => new Set(describedFields().keys())

/** Paths of all fields that the schema names, as `fieldsOf` writes them, with all that is said of each. */
function describedFields(): Map<string, string> {
  const definitions = schema.$defs as Readonly<Record<string, Node>>
  const described = new Map<string, string>()
  const open: [string, Node][] = [['', schema as unknown as Node]]
  for (let next = open.pop(); next; next = open.pop()) {
    const [path, node] = next
    if (path !== '') described.set(path, `${described.get(path) ?? ''} ${node.description ?? ''}`)
    if (node.$ref !== undefined) open.push([path, definitions[node.$ref.slice('#/$defs/'.length)]!])
    if (node.items !== undefined) open.push([path, node.items])
    for (const branch of [...(node.oneOf ?? []), ...(node.anyOf ?? [])]) open.push([path, branch])
    for (const [key, inner] of Object.entries(node.properties ?? {})) {
      open.push([path === '' ? key : `${path}.${key}`, inner])
    }
  }
  return described
}
