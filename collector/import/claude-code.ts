// Session transcripts of Claude Code (~/.claude/projects/*/*.jsonl). Each line is a message or a note. An answer of the
// model comes as a line for each of its blocks, all with the message's id; a tool's result is a block of a user's line.
// A sub-agent's lines are marked: `isSidechain`, with an `agentId` in newer versions, which keep them in files of their own.

import type { Span, SpanId } from '../../analyzer/model/span.ts'
import type { Imported, ImportFormat, ItemReader, JsonItem } from './format.ts'
import { type JsonRecord, listOf, parseObject, recordOf, textOf } from './parse-item.ts'
import { spanIdOf, traceIdOf } from './span-ids.ts'
import { NS_PER_MS, nanosOfIso } from './timestamps.ts'
import { createTranscriptRun, type Part, resourceOf, type TranscriptRun } from './transcript-run.ts'

export const claudeCode: ImportFormat = {
  name: 'Claude Code transcript',
  looksLike: 'lines with "sessionId", "uuid" and "message"',
  recognises: ({ paths, types }) =>
    (paths.has('$.sessionId') && paths.has('$.message') && paths.has('$.uuid')) ||
    // A session in which nothing was said.
    NOTES.some((type) => types.has(type)),
  items: () => ['$'],
  createReader,
}

/** Types of lines that are no messages, and nobody else's. */
const NOTES = ['file-history-snapshot', 'queue-operation', 'summary']

/** The main conversation, or a sub-agent's. */
interface Thread {
  readonly run: TranscriptRun
  readonly prompts: number
  readonly session: string
}

const MAIN = ''

function createReader(): ItemReader {
  const threads = new Map<string, Thread>()
  /** Lines of sub-agents without an id, to the uuid of the first. */
  const threadOfLine = new Map<string, string>()
  /** Sub-agents without an id. */
  const firstLines = new Set<string>()
  /** Call -> the sub-agent that it started. */
  const agentOfCall = new Map<string, string>()
  /** Sub-agents whose call has its span: one that is resumed has several calls. */
  const named = new Set<string>()

  function read(item: JsonItem): Imported[] {
    const line = parseObject(item)
    const session = textOf(line.sessionId)
    const at = nanosOfIso(line.timestamp)
    if (session === null || at === null) return []
    if (line.type === 'progress') noteAgent(textOf(line.parentToolUseID), textOf(recordOf(line.data)?.agentId))
    const message = recordOf(line.message)
    if (message === null || (line.type !== 'user' && line.type !== 'assistant')) return []
    const thread = threadOf(line)
    const spans =
      line.type === 'assistant' ? readAnswer(thread, line, message, at) : readUser(thread, session, line, message, at)
    return imported(spans)
  }

  /** A sub-agent without an id is told by the line that its first line hangs on, which is none. */
  function threadOf(line: JsonRecord): string {
    const agent = textOf(line.agentId)
    if (agent !== null) return agent
    if (line.isSidechain !== true) return MAIN
    const uuid = textOf(line.uuid) ?? ''
    const thread = threadOfLine.get(textOf(line.parentUuid) ?? '') ?? uuid
    if (thread === uuid) firstLines.add(uuid)
    threadOfLine.set(uuid, thread)
    return thread
  }

  function noteAgent(callId: string | null, agent: string | null): void {
    if (callId !== null && agent !== null) agentOfCall.set(callId, agent)
  }

  function readUser(thread: string, session: string, line: JsonRecord, message: JsonRecord, at: bigint): Span[] {
    const spans: Span[] = []
    const blocks =
      typeof message.content === 'string' ? [{ type: 'text', text: message.content }] : listOf(message.content)
    const results = blocks.map(recordOf).filter((block) => block?.type === 'tool_result')
    for (const block of results) spans.push(...readResult(thread, session, line, block!, at))
    const text = blocks
      .map(recordOf)
      .map((block) => (block?.type === 'text' ? (textOf(block.text) ?? '') : ''))
      .filter((part) => part !== '')
      .join('\n')
    const run = threads.get(thread)?.run
    if (results.length > 0 || isAside(line, text)) {
      // An interruption is the last that happens in a run, and nothing that a model is shown.
      if (text !== '') run?.say('system', INTERRUPTED.test(text) ? '' : text, at)
      return spans
    }
    // What is typed before the model has begun to answer is part of the same prompt.
    if (run && !run.hasAnswers) run.say('user', text, at)
    else spans.push(...startRun(thread, session, line, text, at))
    return spans
  }

  function startRun(thread: string, session: string, line: JsonRecord, prompt: string, at: bigint): readonly Span[] {
    const before = threads.get(thread)
    const spans = before?.run.end() ?? []
    const prompts = (before?.prompts ?? 0) + 1
    const agent = thread === MAIN ? 'claude-code' : subAgentName(thread, prompt)
    const run = createTranscriptRun(
      {
        traceId: traceIdOf(SOURCE, session),
        key: `${SOURCE}/${session}/${thread}/${textOf(line.uuid) ?? prompts}`,
        parentSpanId: thread === MAIN ? null : parentOf(session, thread),
        agent,
        conversation: session,
        provider: 'anthropic',
        scope: { name: SCOPE, version: textOf(line.version) ?? '' },
        resource: resourceOf('claude-code', textOf(line.version)),
      },
      at,
    )
    run.say('user', prompt, at)
    threads.set(thread, { run, prompts, session })
    return spans
  }

  function parentOf(session: string, thread: string): SpanId {
    // In a file of its own a sub-agent does not say which call started it: that call's span is named by it, in both files.
    if (!firstLines.has(thread)) return agentSpanId(session, thread)
    const call = [...agentOfCall].find(([, agent]) => agent === thread)?.[0]
    const main = threads.get(MAIN)?.run
    return call === undefined || !main ? agentSpanId(session, thread) : main.callSpanId(call)
  }

  /** The call that started a sub-agent is told by its prompt, among those that wait for a result, where no id tells. */
  function subAgentName(thread: string, prompt: string): string {
    for (const [callId, call] of threads.get(MAIN)?.run.openCalls() ?? []) {
      const input = recordOf(call.arguments)
      const agent = agentOfCall.get(callId)
      if (agent === undefined ? textOf(input?.prompt) !== prompt : agent !== thread) continue
      agentOfCall.set(callId, thread)
      return textOf(input?.subagent_type) ?? SUB_AGENT
    }
    return SUB_AGENT
  }

  function readAnswer(thread: string, line: JsonRecord, message: JsonRecord, at: bigint): readonly Span[] {
    const run = threads.get(thread)?.run
    // An answer to nothing: the file is the rest of a longer one.
    if (!run) return []
    const usage = recordOf(message.usage)
    return run.answer({
      turn: textOf(message.id) ?? textOf(line.requestId) ?? textOf(line.uuid) ?? String(at),
      at,
      parts: listOf(message.content).flatMap(partOf),
      model: textOf(message.model),
      inputTokens: sumOf(usage, 'input_tokens', 'cache_read_input_tokens', 'cache_creation_input_tokens'),
      outputTokens: sumOf(usage, 'output_tokens'),
    })
  }

  function readResult(
    thread: string,
    session: string,
    line: JsonRecord,
    block: JsonRecord,
    at: bigint,
  ): readonly Span[] {
    const callId = textOf(block.tool_use_id)
    const run = threads.get(thread)?.run
    if (callId === null || !run) return []
    const extra = recordOf(line.toolUseResult)
    noteAgent(callId, textOf(extra?.agentId))
    const agent = agentOfCall.get(callId)
    agentOfCall.delete(callId)
    const isNamed = agent !== undefined && !firstLines.has(agent) && !named.has(agent)
    if (isNamed) named.add(agent)
    const spans = agent === undefined ? [] : [...endThread(agent)]
    const ms = extra?.totalDurationMs ?? extra?.durationMs
    return [
      ...spans,
      ...run.result({
        callId,
        at,
        result: resultOf(block.content),
        isError: block.is_error === true,
        durationNs: typeof ms === 'number' && ms >= 0 ? BigInt(Math.round(ms)) * NS_PER_MS : null,
        spanId: isNamed ? agentSpanId(session, agent) : null,
      }),
    ]
  }

  function endThread(thread: string): readonly Span[] {
    const spans = threads.get(thread)?.run.end() ?? []
    threads.delete(thread)
    firstLines.delete(thread)
    for (const [line, of] of threadOfLine) if (of === thread) threadOfLine.delete(line)
    return spans
  }

  /** The call of a sub-agent is left out while nobody knows which: it may yet be named by it. */
  function endOfFile(): Imported[] {
    const spans: Span[] = []
    for (const { run, session } of threads.values()) {
      spans.push(
        ...run.end((callId, { tool }) => {
          const agent = agentOfCall.get(callId)
          if (agent === undefined) return SUB_AGENT_TOOLS.has(tool) ? 'leave out' : run.callSpanId(callId)
          return firstLines.has(agent) || named.has(agent) ? run.callSpanId(callId) : agentSpanId(session, agent)
        }),
      )
    }
    return imported(spans)
  }

  return { read, end: endOfFile }
}

const SOURCE = 'claude-code'
/** The tool that starts a sub-agent, by its older and its newer name. */
const SUB_AGENT_TOOLS: ReadonlySet<string> = new Set(['Task', 'Agent'])
const SUB_AGENT = 'claude-code sub-agent'
const SCOPE = 'tailrace.import.claude-code'

const agentSpanId = (session: string, agent: string): SpanId => spanIdOf(SOURCE, session, 'agent', agent)

const imported = (spans: readonly Span[]): Imported[] =>
  spans.length === 0 ? [] : [{ kind: 'spans', spans, mayGrow: true }]

const INTERRUPTED = /^\[Request interrupted by user/

/** A user's line that no person typed as a prompt: notes of the program's own, a summary after compaction, a command's echo. */
const isAside = (line: JsonRecord, text: string): boolean =>
  line.isMeta === true || line.isCompactSummary === true || text === '' || INTERRUPTED.test(text) || ECHO.test(text)

const ECHO = /^<(local-command-|bash-(stdout|stderr)|command-(name|message)>|system-reminder)/

function partOf(value: unknown): Part[] {
  const block = recordOf(value)
  if (block?.type === 'text') return [{ type: 'text', content: textOf(block.text) ?? '' }]
  const name = textOf(block?.name)
  const id = textOf(block?.id)
  if (block?.type !== 'tool_use' || name === null || id === null) return []
  return [{ type: 'tool_call', id, name, arguments: block.input }]
}

/** A list of texts as one text; images and the like stay as they are. */
function resultOf(content: unknown): unknown {
  const texts = listOf(content).map((part) => (recordOf(part)?.type === 'text' ? textOf(recordOf(part)?.text) : null))
  return texts.length > 0 && texts.every((text) => text !== null) ? texts.join('\n') : content
}

/** Undefined if there is none of them. */
function sumOf(usage: JsonRecord | null, ...keys: readonly string[]): number | undefined {
  const numbers = keys.map((key) => usage?.[key]).filter((value) => typeof value === 'number')
  return numbers.length === 0 ? undefined : numbers.reduce((sum, value) => sum + value, 0)
}
