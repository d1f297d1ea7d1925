// Agent runs of any length as OTLP JSON, for measuring the analyzer: spans with arguments and results, the model's spans with
// what each turn asked for. The same arguments give the same bytes.

export interface Step {
  /** Calls that one turn asks for. */
  readonly calls: readonly { readonly tool: string; readonly args: object; readonly result: object }[]
  /** Run the calls of this turn one after another. */
  readonly inSequence?: boolean
}

const EPOCH_NANO = 1_795_248_026_000_000_000n
const TURN_MS = 400
const CALL_MS = 300

/** One export request with one trace per run. */
export function otlpOf(prompt: string, runs: readonly (readonly Step[])[]): string {
  const spans = runs.flatMap((steps, run) => spansOf(prompt, steps, run))
  const resource = { attributes: [attribute('service.name', 'bench-agent')] }
  return JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ scope: { name: 'bench' }, spans }] }] })
}

/** About ten spans a task: a search, two looks at what it found, an unrelated read asked for too late, a note. */
export function mixedRun(tasks: number): Step[] {
  return Array.from({ length: tasks }, (_, task): Step[] => {
    const ids = [0, 1].map((k) => `doc-${(task * 7919 + k * 104_729 + 1_000_003).toString(36)}x${task}`)
    return [
      {
        calls: [
          {
            tool: 'search_docs',
            args: { topic: `topic${task % 40}`, page: task },
            result: { found: ids, text: prose(task) },
          },
        ],
      },
      {
        calls: ids.map((id) => ({
          tool: 'get_doc',
          args: { id },
          result: { title: `Title ${id}`, body: prose(task) },
        })),
        inSequence: task % 2 === 0,
      },
      {
        calls: [
          {
            tool: 'get_weather',
            args: { city: `city${task % 40}` },
            result: { celsius: task % 30, text: prose(task) },
          },
        ],
      },
      { calls: [{ tool: 'add_note', args: { path: `notes/${task}.md`, about: ids[0] }, result: { ok: true } }] },
    ]
  }).flat()
}

/** Every call takes the id that the one before returned. */
export function chainRun(calls: number): Step[] {
  return Array.from({ length: calls }, (_, i) => ({
    calls: [
      { tool: 'get_next', args: { cursor: `cur-${i}-q7x` }, result: { next: `cur-${i + 1}-q7x`, text: prose(i) } },
    ],
  }))
}

/** One turn asks for everything. */
export function fanOutRun(calls: number): Step[] {
  return [{ calls: Array.from({ length: calls }, (_, i) => fanOutCall(i)), inSequence: true }]
}

/** Every call has a turn of its own and needs nothing. */
export function falseFanOutRun(calls: number): Step[] {
  return Array.from({ length: calls }, (_, i) => ({ calls: [fanOutCall(i)] }))
}

const fanOutCall = (i: number) => ({
  tool: 'get_price',
  args: { item: `item${i % 40}`, shop: i % 9 },
  result: { price: 7 + (i % 90), text: prose(i) },
})

/** Words that the prompt of every run holds, so that arguments made of them need no result. */
export const PROMPT = `Compare what is asked for: ${Array.from({ length: 40 }, (_, i) => `topic${i} city${i} item${i}`).join(', ')}.`

const prose = (n: number): string =>
  `Plain words about nothing much, written ${n} times over and over again, to have some length.`

function spansOf(prompt: string, steps: readonly Step[], run: number): object[] {
  const traceId = (run + 1).toString(16).padStart(32, 'a')
  let next = 1
  const newId = (): string => (next++).toString(16).padStart(16, '0')
  const rootId = newId()
  const spans: object[] = []
  let now = 0
  const span = (name: string, spanId: string, startMs: number, endMs: number, attributes: object[]): void => {
    const parent = spanId === rootId ? {} : { parentSpanId: rootId }
    spans.push({
      traceId,
      spanId,
      ...parent,
      name,
      kind: 1,
      startTimeUnixNano: nano(startMs),
      endTimeUnixNano: nano(endMs),
      attributes,
    })
  }
  const turn = (said: object[], input: string | null): void => {
    const attributes = [
      attribute('gen_ai.operation.name', 'chat'),
      attribute('gen_ai.request.model', 'bench-model'),
      { key: 'gen_ai.usage.input_tokens', value: { intValue: '900' } },
      { key: 'gen_ai.usage.output_tokens', value: { intValue: String(20 + (next % 7) * 5) } },
      attribute('gen_ai.output.messages', JSON.stringify([{ role: 'assistant', parts: said }])),
    ]
    if (input !== null) {
      const message = { role: 'user', parts: [{ type: 'text', content: input }] }
      attributes.push(attribute('gen_ai.input.messages', JSON.stringify([message])))
    }
    span('chat bench-model', newId(), now, now + TURN_MS, attributes)
    now += TURN_MS
  }
  steps.forEach(({ calls, inSequence }, at) => {
    const ids = calls.map((_, i) => `call_${at}_${i}`)
    turn(
      calls.map(({ tool, args }, i) => ({ type: 'tool_call', id: ids[i], name: tool, arguments: args })),
      at === 0 ? prompt : null,
    )
    let endMs = now
    calls.forEach(({ tool, args, result }, i) => {
      const startMs = inSequence ? endMs : now
      span(`execute_tool ${tool}`, newId(), startMs + 5, startMs + CALL_MS, [
        attribute('gen_ai.operation.name', 'execute_tool'),
        attribute('gen_ai.tool.name', tool),
        attribute('gen_ai.tool.call.id', ids[i]!),
        attribute('gen_ai.tool.call.arguments', JSON.stringify(args)),
        attribute('gen_ai.tool.call.result', JSON.stringify(result)),
      ])
      endMs = startMs + CALL_MS
    })
    now = endMs + 5
  })
  turn([{ type: 'text', content: 'Done.' }], null)
  span('invoke_agent bench', rootId, 0, now, [
    attribute('gen_ai.operation.name', 'invoke_agent'),
    attribute('gen_ai.agent.name', 'bench'),
  ])
  return spans
}

const attribute = (key: string, text: string) => ({ key, value: { stringValue: text } as object })

const nano = (ms: number): string => String(EPOCH_NANO + BigInt(ms) * 1_000_000n)
