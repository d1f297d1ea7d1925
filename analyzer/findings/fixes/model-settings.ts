// Calls of several turns belong in one response: a change of prompt and model settings.

import type { Run } from '../../model/run.ts'
import { type Fix, type InBoth, languageOf } from './fix.ts'

/** Where the model is told that it may ask for several tools at once, and where its instructions stand. */
const SETTINGS: Readonly<Record<string, (instruction: string) => InBoth>> = {
  'Vercel AI SDK': (say) =>
    one(`generateText({\n  system: \`${say}\`,\n  providerOptions: { openai: { parallelToolCalls: true } },\n  …\n})`),
  'OpenAI Agents SDK': (say) => ({
    typescript: `new Agent({\n  instructions: \`${say}\`,\n  modelSettings: { parallelToolCalls: true },\n  …\n})`,
    python: `Agent(\n    instructions="${say}",\n    model_settings=ModelSettings(parallel_tool_calls=True),\n    ...\n)`,
  }),
  LangGraph: langchain,
  LangChain: langchain,
  'Google ADK': (say) => ({
    typescript: `new LlmAgent({\n  instruction: \`${say}\`, // Gemini asks for several tools at once unless told otherwise\n  …\n})`,
    python: `LlmAgent(\n    instruction="${say}",  # Gemini asks for several tools at once unless told otherwise\n    ...\n)`,
  }),
  'Claude Agent SDK': (say) => ({
    typescript: `query({\n  prompt,\n  options: { systemPrompt: { type: 'preset', preset: 'claude_code', append: \`${say}\` } },\n})`,
    python: `ClaudeAgentOptions(\n    system_prompt={"type": "preset", "preset": "claude_code", "append": "${say}"}\n)`,
  }),
  'Claude Code': (say) => one(`# CLAUDE.md\n${say}`),
  CrewAI: (say) => one(`Agent(\n    backstory="… ${say}",\n    ...\n)`),
  AutoGen: (say) =>
    one(
      `OpenAIChatCompletionClient(model="…", parallel_tool_calls=True)\nAssistantAgent(..., system_message="${say}")`,
    ),
  LlamaIndex: (say) => ({
    typescript: `agent({ systemPrompt: \`${say}\`, … })`,
    python: `FunctionAgent(\n    system_prompt="${say}",\n    allow_parallel_tool_calls=True,\n    ...\n)`,
  }),
  smolagents: (say) =>
    one(`ToolCallingAgent(..., instructions="${say}")\n# or a CodeAgent, which writes several calls in one step`),
  Mastra: (say) =>
    one(
      `new Agent({\n  instructions: \`${say}\`,\n  …\n})\nawait agent.generate(prompt, { providerOptions: { openai: { parallelToolCalls: true } } })`,
    ),
  Genkit: (say) => one(`ai.generate({\n  system: \`${say}\`,\n  …\n})`),
  'Pydantic AI': (say) =>
    one(`Agent(\n    ...,\n    instructions="${say}",\n    model_settings=ModelSettings(parallel_tool_calls=True),\n)`),
  Strands: (say) => ({
    typescript: `new Agent({ systemPrompt: \`${say}\`, … })`,
    python: `Agent(system_prompt="${say}", ...)`,
  }),
}

const ELSEWHERE = (say: string): InBoth => ({
  typescript: `// System prompt: ${say}\nparallel_tool_calls: true // in the chat completion request`,
  python: `# System prompt: ${say}\nparallel_tool_calls=True  # in the chat completion request`,
})

/** @param tools their names, as a sentence lists them. */
export function askTogether(run: Pick<Run, 'framework' | 'language'>, tools: string): Fix {
  const instruction = `Ask for ${tools} together, in one response. None of them needs another's result.`
  const settings = Object.hasOwn(SETTINGS, run.framework) ? SETTINGS[run.framework]! : ELSEWHERE
  return {
    summary: `Let the model ask for ${tools} in one response: allow parallel tool calls and say so in its instructions.`,
    code: settings(instruction)[languageOf(run)],
  }
}

function langchain(say: string): InBoth {
  return {
    typescript: `const llm = model.bindTools(tools, { parallel_tool_calls: true })\n// System prompt: ${say}`,
    python: `llm = model.bind_tools(tools, parallel_tool_calls=True)\n# System prompt: ${say}`,
  }
}

function one(code: string): InBoth {
  return { typescript: code, python: code }
}
