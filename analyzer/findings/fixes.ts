// What to change, for the framework that the spans came from, with the user's own tool names.

import type { Finding } from '../model/report.ts'

type Fix = Finding['fix']

/** How a framework is told to let the model ask for several tools in one response. */
const PARALLEL_SETTING: Readonly<Record<string, string>> = {
  'Vercel AI SDK': 'providerOptions: { openai: { parallelToolCalls: true } }, // in generateText / streamText',
  LangGraph: 'const llm = model.bindTools(tools, { parallel_tool_calls: true })',
  LangChain: 'const llm = model.bindTools(tools, { parallel_tool_calls: true })',
  'OpenAI Agents SDK': 'new Agent({ ..., modelSettings: { parallelToolCalls: true } })',
}
const PARALLEL_SETTING_ELSEWHERE = 'parallel_tool_calls: true // in the chat completion request'

/** Calls of several turns belong in one response: a change of prompt and model settings. */
export function askTogether(framework: string, tools: string): Fix {
  const setting = PARALLEL_SETTING[framework] ?? PARALLEL_SETTING_ELSEWHERE
  return {
    summary: `Let the model ask for ${tools} in one response: allow parallel tool calls and say so in the system prompt.`,
    code: [
      '// System prompt:',
      `//   Ask for ${tools} together, in one response. None of them needs another's result.`,
      setting,
    ].join('\n'),
  }
}

/** Calls of one response ran one after another: a change of the agent loop. */
export function runTogether(framework: string, tools: string): Fix {
  const own: Readonly<Record<string, Fix>> = {
    LangGraph: {
      summary: `Run the tool calls of one response through a ToolNode, which starts ${tools} together.`,
      code: "const tools = new ToolNode([...]) // from '@langchain/langgraph/prebuilt'",
    },
  }
  return (
    own[framework] ?? {
      summary: `Start ${tools} together and wait for all of them, in the loop that executes the tool calls of a response.`,
      code: [
        '// TypeScript',
        'const results = await Promise.all(message.tool_calls.map((call) => execute(call)))',
        '# Python',
        'results = await asyncio.gather(*(execute(call) for call in message.tool_calls))',
      ].join('\n'),
    }
  )
}

/** The setting that turns the capture of arguments and results on. */
const CAPTURE_SETTING: Readonly<Record<string, string>> = {
  'Vercel AI SDK':
    'experimental_telemetry: { isEnabled: true, recordInputs: true, recordOutputs: true } // AI SDK 4 to 6\ntelemetry: { recordInputs: true, recordOutputs: true } // AI SDK 7',
  LangGraph:
    'unset OPENINFERENCE_HIDE_INPUTS OPENINFERENCE_HIDE_OUTPUTS OPENINFERENCE_HIDE_INPUT_MESSAGES OPENINFERENCE_HIDE_OUTPUT_MESSAGES',
  LangChain:
    'unset OPENINFERENCE_HIDE_INPUTS OPENINFERENCE_HIDE_OUTPUTS OPENINFERENCE_HIDE_INPUT_MESSAGES OPENINFERENCE_HIDE_OUTPUT_MESSAGES',
  'OpenAI Agents SDK':
    'OPENAI_AGENTS_TRACE_INCLUDE_SENSITIVE_DATA=true\nunset OPENINFERENCE_HIDE_INPUTS OPENINFERENCE_HIDE_OUTPUTS',
}
const CAPTURE_SETTING_ELSEWHERE =
  'OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT=true\n# with OTEL_SEMCONV_STABILITY_OPT_IN=gen_ai_latest_experimental: =SPAN_ONLY\n# spans written by hand: set gen_ai.tool.call.arguments and gen_ai.tool.call.result'

/** What only the best case would gain: a question to the user, never advice to run anything together. */
export function askTheUser(tools: string): Fix {
  return {
    summary: `If you know that ${tools} do not need each other, say so on the pair in the page, and the figures follow. Otherwise leave them as they are.`,
    code: '',
  }
}

export function captureContent(framework: string): Fix {
  return {
    summary: `Turn on the capture of tool arguments and results in ${framework}.`,
    code: CAPTURE_SETTING[framework] ?? CAPTURE_SETTING_ELSEWHERE,
  }
}

export const NOTHING_TO_CHANGE: Fix = { summary: 'Nothing to change: the order is needed.', code: '' }
