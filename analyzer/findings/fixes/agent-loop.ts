// Calls of one response ran one after another: a change of the loop that executes them. Most frameworks start them together
// by themselves, so what holds them is a setting, or a tool that blocks.

import type { Run } from '../../model/run.ts'
import { type Fix, type InBoth, languageOf } from './fix.ts'

const PLAIN_LOOP: InBoth = {
  typescript: 'const results = await Promise.all(response.toolCalls.map((call) => execute(call)))',
  python: 'results = await asyncio.gather(*(execute(call) for call in response.tool_calls))',
}

const BLOCKING_PYTHON = [
  '# A tool that blocks holds up the event loop, and with it the others:',
  'async def my_tool(...):',
  '    return await asyncio.to_thread(blocking_work, ...)',
].join('\n')

const LOCKED_TYPESCRIPT = [
  '// Look for what makes execute() wait: a mutex, a queue with concurrency 1, one shared connection or page.',
  'execute: async (args) => fetchIt(args) // no lock around reads',
].join('\n')

interface Loop {
  readonly summary: string
  readonly code: InBoth
}

const both = (code: string): InBoth => ({ typescript: code, python: code })

const STARTS_TOGETHER = (framework: string): Loop => ({
  summary: `${framework} starts the tool calls of one response together. If they ran one after another, a tool holds the others up: a lock, a blocking call, one shared connection.`,
  code: { typescript: LOCKED_TYPESCRIPT, python: BLOCKING_PYTHON },
})

const LOOPS: Readonly<Record<string, Loop>> = {
  'Vercel AI SDK': STARTS_TOGETHER('The AI SDK'),
  'OpenAI Agents SDK': STARTS_TOGETHER('The Agents SDK'),
  'Pydantic AI': {
    summary:
      'Pydantic AI starts the tool calls of one response together, unless a tool is registered as sequential or blocks.',
    code: both('# Take sequential=True off the tools that only read:\n@agent.tool\nasync def my_tool(ctx, ...): ...'),
  },
  Genkit: STARTS_TOGETHER('Genkit'),
  AutoGen: STARTS_TOGETHER('AutoGen'),
  LlamaIndex: {
    summary: 'LlamaIndex agents start the tool calls of one response together where the tools are asynchronous.',
    code: {
      typescript: LOCKED_TYPESCRIPT,
      python: 'FunctionTool.from_defaults(async_fn=my_tool)  # not fn=: that one blocks',
    },
  },
  LangGraph: {
    summary: 'Run the tool calls of one response through a ToolNode, which starts them together.',
    code: {
      typescript: "import { ToolNode } from '@langchain/langgraph/prebuilt'\nconst tools = new ToolNode([...])",
      python:
        'from langgraph.prebuilt import ToolNode\ntools = ToolNode([...])  # with async def tools, and graph.ainvoke',
    },
  },
  LangChain: {
    summary: 'Use createAgent (create_agent in Python), whose tool node starts the calls of one response together.',
    code: {
      typescript: "import { createAgent } from 'langchain'\nconst agent = createAgent({ model, tools })",
      python:
        'from langchain.agents import create_agent\nagent = create_agent(model, tools)  # with async def tools, and ainvoke',
    },
  },
  'Google ADK': {
    summary:
      'Declare the tools async: ADK for Python then runs the calls of one response together. ADK for JavaScript runs them one by one: make one tool that does all of them.',
    code: {
      typescript: [
        '// One tool in place of several:',
        'const lookUpAll = new FunctionTool({',
        "  name: 'look_up_all',",
        '  execute: (args) => Promise.all(args.items.map((item) => lookUp(item))),',
        '})',
      ].join('\n'),
      python: 'async def my_tool(...) -> dict:  # async, and awaiting what it waits for\n    ...',
    },
  },
  'Claude Agent SDK': {
    summary:
      'Mark tools that only read as such: Claude runs those of one response at the same time, and all others one by one.',
    code: {
      typescript: "tool('my_tool', '…', schema, handler, { annotations: { readOnlyHint: true } })",
      python: '@tool("my_tool", "…", schema, annotations=ToolAnnotations(readOnlyHint=True))',
    },
  },
  'Claude Code': {
    summary:
      'Claude Code runs the read-only tools of one response at the same time, and all others one by one. Let an MCP server say which of its tools only read.',
    code: both('"annotations": { "readOnlyHint": true } // in the tool definition of the MCP server'),
  },
  CrewAI: {
    summary:
      'CrewAI runs the tools of an agent one by one. Make one tool that does all of them, or tasks of their own that run at the same time.',
    code: both('Task(description="…", agent=researcher, async_execution=True)'),
  },
  smolagents: {
    summary: 'Let the ToolCallingAgent run tool calls in several threads.',
    code: both('ToolCallingAgent(tools=[...], model=model, max_tool_threads=8)'),
  },
  Mastra: {
    summary:
      'Mastra runs up to toolCallConcurrency tool calls of one response at the same time; a tool that asks for approval makes it one.',
    code: both('await agent.stream(prompt, { toolCallConcurrency: 10 })'),
  },
  Strands: {
    summary: 'Give the agent the concurrent tool executor.',
    code: {
      typescript: "new Agent({ tools: [...], toolExecutor: 'concurrent' })",
      python:
        'from strands.tools.executors import ConcurrentToolExecutor\nAgent(tools=[...], tool_executor=ConcurrentToolExecutor())',
    },
  },
}

export function runTogether(run: Pick<Run, 'framework' | 'language'>, tools: string): Fix {
  const language = languageOf(run)
  const own = Object.hasOwn(LOOPS, run.framework) ? LOOPS[run.framework] : undefined
  if (own) return { summary: `${own.summary} Here: ${tools}.`, code: own.code[language] }
  return {
    summary: `Start ${tools} together and wait for all of them, in the loop that executes the tool calls of a response.`,
    code: PLAIN_LOOP[language],
  }
}
