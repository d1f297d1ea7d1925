// Real exporters' output with what must come out of it, read off the files by hand. One scenario (captures/README.md): two
// calls in turn 0, one that fails in turn 1 (in Genkit and Google ADK it succeeds), words in turn 2.

import { readFileSync } from 'node:fs'
import { readOtlpFile } from '../../collector/otlp/read-otlp-file.ts'
import type { Json } from '../model/json.ts'
import type { TurnRule } from '../model/run.ts'
import type { Span } from '../model/span.ts'

export function readCapture(file: string): readonly Span[] {
  const read = readOtlpFile(readFileSync(new URL(`../../fixtures/captures/${file}.json`, import.meta.url)))
  if (!read.ok) throw new Error(read.error)
  return read.value.spans
}

export interface ExpectedCall {
  readonly callId: string | null
  readonly tool: string
  readonly turn: number
  readonly turnRule: TurnRule
  readonly arguments: Json
  readonly result: Json | undefined
  readonly error: string | null
}

export interface ExpectedRun {
  readonly name: string
  readonly framework: string
  readonly convention: string
  readonly runId: string
  readonly durationMs: number
  /** Model, tokens in, tokens out, words. */
  readonly turns: readonly (readonly [string, number, number, string])[]
  readonly calls: readonly ExpectedCall[]
  /** Role and text of what was visible before turn 0. */
  readonly prompt: readonly (readonly ['system' | 'user', string])[]
  readonly notes: readonly string[]
}

export interface Capture {
  readonly file: string
  readonly runs: readonly ExpectedRun[]
}

const GPT = 'gpt-4o-mini'
const turns: ExpectedRun['turns'] = [
  [GPT, 101, 21, ''],
  [GPT, 102, 22, ''],
  [GPT, 103, 23, 'It is sunny in Paris (21C); booking failed.'],
]
const mockTurns = (model: string): ExpectedRun['turns'] => [
  [model, 10, 5, ''],
  [model, 10, 5, ''],
  [model, 10, 5, 'done'],
]
const prompt = (question: string): ExpectedRun['prompt'] => [
  ['system', 'You are a travel agent.'],
  ['user', question],
]
const BOOK_A_FLIGHT = 'Weather in Paris and London? Then book a flight.'
const BOOK = 'Weather in Paris and London? Then book.'

const short = (city: string): Json => ({ city, tempC: 21 })
const long = (city: string): Json => ({ city, tempC: 21, sky: 'sunny' })

/** The three calls of the scenario; the third may be linked by another rule, because a failed tool says less. */
function calls(
  rule: TurnRule,
  ruleOfFlight: TurnRule,
  weather: (city: string) => Json,
  flight: Pick<ExpectedCall, 'result' | 'error'>,
): ExpectedCall[] {
  const ask = (callId: string, city: string): ExpectedCall => ({
    callId,
    tool: 'get_weather',
    turn: 0,
    turnRule: rule,
    arguments: { city },
    result: weather(city),
    error: null,
  })
  const book = { callId: 'call_B1', tool: 'book_flight', turn: 1, turnRule: ruleOfFlight }
  return [
    ask('call_A1', 'Paris'),
    ask('call_A2', 'London'),
    { ...book, arguments: { from: 'London', to: 'Paris' }, ...flight },
  ]
}

const booked = { result: { ok: true }, error: null }
const failed = (result: Json | undefined) => ({ result, error: 'no seats left' })
const withheld =
  'Error running tool (non-fatal): {"tool_name":"book_flight","error":"Tool execution failed. Error details are redacted."}'

const travel = {
  name: 'travel',
  turns,
  prompt: prompt(BOOK_A_FLIGHT),
  notes: [],
}

export const captures: readonly Capture[] = [
  {
    file: 'ai-sdk-5',
    runs: [
      {
        ...travel,
        framework: 'Vercel AI SDK',
        convention: 'vercel-ai',
        runId: 'ca55a01a3328100e',
        durationMs: 512.37363,
        calls: calls('call-id', 'call-id', long, failed('no seats left')),
      },
    ],
  },
  {
    file: 'ai-sdk-7',
    runs: [
      {
        ...travel,
        framework: 'Vercel AI SDK',
        convention: 'otel-genai',
        runId: '6a8aec59c56d38a3',
        durationMs: 471.094673,
        calls: calls('call-id', 'call-id', long, failed('Error: no seats left')),
      },
    ],
  },
  {
    file: 'langchain-openinference',
    runs: [
      {
        ...travel,
        name: 'LangGraph',
        framework: 'LangGraph',
        convention: 'openinference',
        runId: '3114089f111ea54e',
        durationMs: 467.043345,
        calls: calls('call-id', 'graph-step', long, failed('Error: no seats left\n Please fix your mistakes.')),
      },
    ],
  },
  {
    file: 'openai-agents-js-responses',
    runs: [
      {
        ...travel,
        name: 'Travel',
        framework: 'OpenAI Agents SDK',
        convention: 'openinference',
        runId: '6234bc1f70909518',
        durationMs: 403.388381,
        calls: calls('step', 'step', long, {
          result: 'An error occurred while running the tool. Please try again.',
          error: withheld,
        }),
      },
    ],
  },
  {
    file: 'genkit',
    runs: [
      {
        name: 'travelFlow',
        framework: 'Genkit',
        convention: 'genkit',
        runId: 'd0e1e4bca93f4fe2',
        durationMs: 492.941262,
        turns: mockTurns('mock/m'),
        calls: calls('step', 'step', short, booked),
        prompt: prompt(BOOK),
        notes: [],
      },
    ],
  },
  {
    file: 'google-adk-js',
    runs: [
      {
        name: 'travel',
        framework: 'Google ADK',
        convention: 'google-adk',
        runId: '8b8be464d423adc0',
        durationMs: 481.029832,
        turns: mockTurns('mock-model'),
        calls: calls('call-id', 'call-id', short, booked),
        prompt: [
          ['system', 'You are an agent. Your internal name is "travel".\n\nYou are a travel agent.'],
          ['user', 'Weather in Paris and London?'],
        ],
        notes: [],
      },
    ],
  },
  {
    file: 'langfuse-langgraph',
    runs: [
      {
        name: 'LangGraph',
        framework: 'LangGraph',
        convention: 'langfuse',
        runId: '44a1c7ebb5f3fe37',
        durationMs: 488.664335,
        turns,
        calls: calls('call-id', 'graph-step', short, failed('Error: no seats left\n Please fix your mistakes.')),
        prompt: prompt(BOOK),
        notes: [],
      },
      {
        name: 'manual-agent',
        framework: 'Langfuse SDK',
        convention: 'langfuse',
        runId: '0d22f7ca032b90e5',
        durationMs: 1.03363,
        turns: [[GPT, 1, 2, '']],
        calls: [
          {
            callId: null,
            tool: 'get_weather',
            turn: 0,
            turnRule: 'before',
            arguments: { city: 'Paris' },
            result: { t: 21 },
            error: null,
          },
        ],
        prompt: [['user', 'hi']],
        notes: [],
      },
    ],
  },
  {
    file: 'mastra',
    runs: [
      {
        ...travel,
        framework: 'Mastra',
        convention: 'mastra',
        runId: '8103569ae0c27958',
        durationMs: 686,
        calls: calls('call-id', 'call-id', long, failed(undefined)),
      },
    ],
  },
  {
    file: 'strands-ts-latest',
    runs: [
      {
        name: 'Strands Agent',
        framework: 'Strands Agents',
        convention: 'strands',
        runId: '8c330ffdcc1139b2',
        durationMs: 404.20152,
        turns: [turns[0]!, turns[1]!, [GPT, 103, 23, 'It is sunny in Paris (21C); booking failed. ']],
        // This agent was only asked for London.
        calls: calls('call-id', 'call-id', short, failed('Error: no seats left')).slice(1),
        prompt: prompt(BOOK),
        notes: [],
      },
    ],
  },
  {
    file: 'traceloop-js-openai',
    runs: [
      {
        ...travel,
        framework: 'OpenLLMetry',
        convention: 'traceloop',
        runId: 'ac8315d4495b8a2f',
        durationMs: 421.885212,
        // A decorated tool that rejects never ends its span.
        calls: calls('arguments', 'arguments', short, booked).slice(0, 2),
        notes: [
          'The model was given results of calls that have no span: book_flight. Their time shows as a gap. Some SDKs never ' +
            'end the span of a tool that fails.',
        ],
      },
    ],
  },
]
