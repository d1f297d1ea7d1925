// What to change, for the framework that the spans came from, with the user's own tool names.

import { frameworkNamed } from '../frameworks/index.ts'
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

/** What only the best case would gain: a question to the user, never advice to run anything together. */
export function askTheUser(tools: string): Fix {
  return {
    summary: `If you know that ${tools} do not need each other, say so on the pair in the page, and the figures follow. Otherwise leave them as they are.`,
    code: '',
  }
}

/** The setting that turns the capture of arguments and results on, or what to use where there is none. */
export function captureContent(framework: string): Fix {
  const { content } = frameworkNamed(framework)
  return {
    summary:
      content.byDefault === 'never'
        ? `${framework} does not record tool arguments and results itself, and no setting adds them. ${content.setting.title}.`
        : `Turn on the capture of tool arguments and results in ${framework}. ${content.setting.title}:`,
    code: content.setting.code,
  }
}

export const NOTHING_TO_CHANGE: Fix = { summary: 'Nothing to change: the order is needed.', code: '' }
