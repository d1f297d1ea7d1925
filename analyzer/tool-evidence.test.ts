import { describe, expect, test } from 'vitest'
import { type SpanSketch, sketch } from './conventions/test-span.ts'
import { analyze, reanalyze } from './index.ts'
import type { AttributeValue, Span } from './model/span.ts'

type Attributes = Readonly<Record<string, AttributeValue>>

const CLIENT = 3
const SERVER = 2
const span = (of: SpanSketch, kind = 1): Span => ({ ...sketch(of), kind })

/** An agent whose model asks for one call of `tool`, with `inside` its span (`c`), and `more` on the model's span. */
function trace(
  tool: string,
  { inside = [] as readonly Span[], model = {}, call = {}, args = '{"n":"x"}' } = {},
): Span[] {
  const asked = JSON.stringify([
    { role: 'assistant', parts: [{ type: 'tool_call', id: 'k', name: tool, arguments: JSON.parse(args) }] },
  ])
  return [
    span({ id: 'a', from: 0, to: 100, attributes: { 'gen_ai.operation.name': 'invoke_agent' } }),
    span({
      id: 'b',
      parent: 'a',
      from: 1,
      to: 10,
      attributes: { 'gen_ai.operation.name': 'chat', 'gen_ai.output.messages': asked, ...(model as Attributes) },
    }),
    span({
      id: 'c',
      parent: 'a',
      from: 11,
      to: 50,
      attributes: {
        'gen_ai.operation.name': 'execute_tool',
        'gen_ai.tool.name': tool,
        'gen_ai.tool.call.id': 'k',
        'gen_ai.tool.call.arguments': args,
        ...(call as Attributes),
      },
    }),
    ...inside,
  ]
}

const callOf = (spans: readonly Span[]) => analyze(spans).runs[0]!.calls[0]!
const effectOf = (spans: readonly Span[]) => {
  const { kind, from } = callOf(spans).effect
  return `${kind} by ${from}`
}

/** The span of a request, statement or message directly inside the tool. */
const done = (attributes: Attributes, kind = CLIENT, id = 'd', parent = 'c') =>
  span({ id, parent, from: 12, to: 20, attributes }, kind)
const request = (method: string, url = 'https://user:secret@api.example.com:8443/v1/items?q=1') =>
  done({ 'http.request.method': method, 'url.full': url })

describe('annotations', () => {
  const definition = (annotations: object, tool = 'desk') => ({ name: tool, inputSchema: {}, annotations })
  const readOnly = { readOnlyHint: true, openWorldHint: true }

  test.each<[string, Attributes]>([
    ['gen_ai.tool.definitions', { 'gen_ai.tool.definitions': JSON.stringify([definition(readOnly)]) }],
    [
      'gen_ai.tool.definitions, as OpenAI nests them',
      {
        'gen_ai.tool.definitions': JSON.stringify([
          { type: 'function', function: { name: 'desk' }, annotations: readOnly },
        ]),
      },
    ],
    ['llm.tools', { 'llm.tools.0.tool.json_schema': JSON.stringify(definition(readOnly)) }],
    ['ai.prompt.tools', { 'ai.prompt.tools': [JSON.stringify(definition(readOnly))] }],
  ])('in %s', (_, model) => {
    expect(effectOf(trace('desk', { model }))).toBe('read by annotation')
  })

  test('in the answer to MCP tools/list, under the short name', () => {
    const listed = span({
      id: 'e',
      parent: 'a',
      from: 0,
      to: 1,
      name: 'tools/list',
      attributes: {
        'mcp.method.name': 'tools/list',
        'output.value': JSON.stringify({ tools: [definition(readOnly)] }),
      },
    })
    expect(effectOf([...trace('mcp__hotel__desk'), listed])).toBe('read by annotation')
    const offered = JSON.stringify([{ name: 'mcp__other__desk' }])
    const spans = trace('mcp__hotel__desk', { model: { 'gen_ai.tool.definitions': offered } })
    expect(effectOf([...spans, listed])).toBe('unknown by default')
  })

  test('on the span of the tool', () => {
    expect(effectOf(trace('desk', { call: { 'mcp.tool.read_only': true } }))).toBe('read by annotation')
    expect(effectOf(trace('get_desk', { call: { 'mcp.tool.destructive': 'true' } }))).toBe('write by annotation')
  })

  test('one that denies a look wins over one that says it is one, and alone over the name', () => {
    const model = {
      'gen_ai.tool.definitions': JSON.stringify([definition(readOnly), definition({ readOnlyHint: false })]),
    }
    expect(effectOf(trace('desk', { model }))).toBe('write by annotation')
    const denied = JSON.stringify([definition({ readOnlyHint: false }, 'get_desk')])
    expect(effectOf(trace('get_desk', { model: { 'gen_ai.tool.definitions': denied } }))).toBe('write by annotation')
  })

  test('they win over spans and names, not over arguments or a session', () => {
    const model = (tool: string) => ({ 'gen_ai.tool.definitions': JSON.stringify([definition(readOnly, tool)]) })
    expect(effectOf(trace('desk', { model: model('desk'), inside: [request('POST')] }))).toBe('read by annotation')
    expect(effectOf(trace('send_desk', { model: model('send_desk') }))).toBe('read by annotation')
    expect(effectOf(trace('desk', { model: model('desk'), args: '{"method":"DELETE"}' }))).toBe('write by arguments')
    expect(effectOf(trace('browser_snapshot', { model: model('browser_snapshot') }))).toBe('session by name')
  })
})

describe('spans inside the tool', () => {
  test.each<[string, Span, string, string[]]>([
    ['GET', request('GET'), 'read by spans', ['url:api.example.com:8443']],
    ['DELETE', request('DELETE'), 'write by spans', ['url:api.example.com:8443']],
    [
      'an older POST',
      done({ 'http.method': 'POST', 'net.peer.name': 'Shop.example', 'net.peer.port': 443 }),
      'write by spans',
      ['url:shop.example'],
    ],
    [
      'a SELECT with placeholders',
      done({ 'db.system.name': 'postgresql', 'db.query.text': "SELECT * FROM rooms WHERE id = $1 AND city = 'Lyon'" }),
      'read by spans',
      ['table:rooms'],
    ],
    [
      'an INSERT under a harmless operation',
      done({ 'db.system': 'sqlite', 'db.operation': 'SELECT', 'db.statement': 'INSERT INTO rooms VALUES (?, ?)' }),
      'write by spans',
      ['table:rooms'],
    ],
    [
      'MongoDB find',
      done({ 'db.system.name': 'mongodb', 'db.operation.name': 'find', 'db.collection.name': 'Rooms' }),
      'read by spans',
      ['table:rooms'],
    ],
    ['Redis HGETALL', done({ 'db.system': 'redis', 'db.statement': 'HGETALL room:1' }), 'read by spans', []],
    ['Redis SET', done({ 'db.system': 'redis', 'db.operation.name': 'SETEX' }), 'write by spans', []],
    ['Redis SET itself', done({ 'db.system': 'redis', 'db.operation.name': 'SET' }), 'write by spans', []],
    [
      'a DELETE from a table that is called like what opens a connection',
      done({ 'db.system.name': 'postgresql', 'db.query.text': 'DELETE FROM auth WHERE user = 5' }),
      'write by spans',
      ['table:auth'],
    ],
    [
      'a DELETE after a comment with an apostrophe',
      done({ 'db.system.name': 'postgresql', 'db.query.text': "SELECT 1 -- Ann's\n; DELETE FROM a WHERE n = 'x'" }),
      'write by spans',
      ['table:a'],
    ],
    [
      'a DELETE if a backslash escapes',
      done({
        'db.system': 'mysql',
        'db.operation': 'SELECT',
        'db.statement': "SELECT 'it\\'s'; DELETE FROM a WHERE n = 'x'",
      }),
      'write by spans',
      [],
    ],
    [
      'a whole transaction',
      done({ 'db.system.name': 'postgresql', 'db.query.text': 'BEGIN; DELETE FROM carts; COMMIT' }),
      'write by spans',
      ['table:carts'],
    ],
    [
      'a setting',
      done({ 'db.system.name': 'postgresql', 'db.query.text': "SET search_path TO 'shop'" }),
      'unknown by default',
      [],
    ],
    [
      'a message',
      done(
        { 'messaging.system': 'kafka', 'messaging.operation.type': 'send', 'messaging.destination.name': 'mail' },
        4,
      ),
      'write by spans',
      ['topic:mail'],
    ],
    [
      'a connection',
      done({ 'db.system.name': 'postgresql', 'db.operation.name': 'CONNECT' }),
      'unknown by default',
      [],
    ],
  ])('%s', (_, inside, effect, resources) => {
    const call = callOf(trace('desk', { inside: [inside] }))
    expect(`${call.effect.kind} by ${call.effect.from}`).toBe(effect)
    expect(call.resources).toEqual(resources)
  })

  test('one deed among looks is a write; what an argument names is narrower than a host', () => {
    const inside = [
      request('GET'),
      done({ 'http.request.method': 'PUT', 'url.full': 'http://a.example/' }, CLIENT, 'e'),
    ]
    expect(effectOf(trace('get_desk', { inside }))).toBe('write by spans')
    expect(callOf(trace('desk', { inside, args: '{"desk_id":7}' })).resources).toEqual(['id:desk 7'])
  })

  test('looks alone clear no tool whose name or description tells of a deed', () => {
    expect(effectOf(trace('delete_desk', { inside: [request('GET')] }))).toBe('write by name')
    const call = { 'gen_ai.tool.description': 'Deletes a desk.' }
    expect(effectOf(trace('desk', { call, inside: [request('GET')] }))).toBe('write by description')
  })

  test('the POST that carries a question to an MCP server is no deed; what the server then does is', () => {
    const call = { 'mcp.method.name': 'tools/call' }
    const carried = [request('POST'), done({ 'http.request.method': 'POST' }, SERVER, 'e', 'd')]
    expect(effectOf(trace('get_desk', { call, inside: carried }))).toBe('read by name')
    const inside = [...carried, done({ 'db.system': 'redis', 'db.operation.name': 'DEL' }, CLIENT, 'f', 'e')]
    expect(effectOf(trace('get_desk', { call, inside }))).toBe('write by spans')
    expect(effectOf(trace('get_desk', { inside: [request('POST', 'http://tools.example/mcp')] }))).toBe('read by name')
  })

  test("the request of a model inside a tool is not the tool's", () => {
    const inner = span({ id: 'd', parent: 'c', from: 12, to: 20, attributes: { 'gen_ai.operation.name': 'chat' } })
    const inside = [inner, done({ 'http.request.method': 'POST' }, CLIENT, 'e', 'd')]
    expect(effectOf(trace('get_desk', { inside }))).toBe('read by name')
  })
})

describe('descriptions', () => {
  const model = (name: string, description: string, more: object = {}) => ({
    'gen_ai.tool.definitions': JSON.stringify([{ type: 'function', name, description, ...more }]),
  })

  test('tell where the name does not, and against a name that looks', () => {
    expect(effectOf(trace('desk', { model: model('desk', 'Returns the desk.') }))).toBe('read by description')
    expect(effectOf(trace('get_desk', { model: model('get_desk', 'Reserves a desk.') }))).toBe('write by description')
  })

  test('make no look of a deed', () => {
    const read = model('delete_desk', 'Returns the desk, without changing it.')
    expect(effectOf(trace('delete_desk', { model: read }))).toBe('write by name')
  })

  test('the words that the schema lets an argument choose from count', () => {
    const parameters = { properties: { action: { enum: ['show', 'remove'] } } }
    const chosen = model('desk', 'Shows a desk.', { parameters })
    expect(effectOf(trace('desk', { model: chosen }))).toBe('write by description')
  })
})

describe('the report', () => {
  const definition = { name: 'desk', description: 'Secret words of the owner.', annotations: { readOnlyHint: true } }
  const spans = trace('desk', {
    model: { 'gen_ai.tool.definitions': JSON.stringify([definition]) },
    inside: [
      request('POST', 'https://hidden.example/'),
      done({ 'db.system': 'x', 'db.statement': "SELECT a FROM hidden WHERE a IN ('ssn', 5, ?)" }, CLIENT, 'e'),
    ],
  })

  test('is the same when it is made again from itself', () => {
    const run = analyze(spans).runs[0]!
    expect(run.calls[0]!.operations).toHaveLength(2)
    const back = JSON.parse(JSON.stringify(run)) as typeof run
    expect(JSON.stringify(reanalyze(back))).toBe(JSON.stringify(run))
  })

  test('holds no value of a statement, and without content nothing but the effect', () => {
    expect(JSON.stringify(analyze(spans))).not.toContain('ssn')
    const statements = callOf(spans).operations?.map((operation) => operation.statement)
    expect(statements).toEqual(['', 'SELECT a FROM hidden WHERE a IN (0)'])
    const bare = analyze(spans, { content: false })
    expect(bare.runs[0]!.calls[0]!.effect).toEqual({ kind: 'read', from: 'annotation' })
    expect(JSON.stringify(bare)).not.toMatch(/secret|hidden/i)
  })
})
