import { describe, expect, test } from 'vitest'
import { askTogether, runTogether } from './index.ts'

const FRAMEWORKS = [
  'Vercel AI SDK',
  'OpenAI Agents SDK',
  'LangGraph',
  'LangChain',
  'Google ADK',
  'Claude Agent SDK',
  'Claude Code',
  'CrewAI',
  'AutoGen',
  'LlamaIndex',
  'smolagents',
  'Mastra',
  'Genkit',
  'Pydantic AI',
  'Strands',
]
const run = (framework: string, language: 'typescript' | 'python' | null = null) => ({ framework, language })

describe.each(FRAMEWORKS)('%s', (framework) => {
  test('has a change of its own loop and of its own settings, with the tools by name', () => {
    const elsewhere = run('no such framework')
    const loop = runTogether(run(framework), 'find_a and find_b')
    const settings = askTogether(run(framework), 'find_a and find_b')
    expect(loop.summary).toContain('find_a and find_b')
    expect(loop.code).not.toBe(runTogether(elsewhere, 'find_a and find_b').code)
    expect(settings.code).toContain('find_a and find_b')
    expect(settings.code).not.toBe(askTogether(elsewhere, 'find_a and find_b').code)
  })
})

test('the language is that of the spans, where the framework has both', () => {
  expect(runTogether(run('Strands', 'python'), 'a').code).toContain('ConcurrentToolExecutor()')
  expect(runTogether(run('Strands', 'typescript'), 'a').code).toContain("toolExecutor: 'concurrent'")
  expect(runTogether(run('my own loop', 'python'), 'a').code).toContain('asyncio.gather')
  expect(runTogether(run('my own loop'), 'a').code).toContain('Promise.all')
})

test('a framework may be called like something that every object has', () => {
  expect(askTogether(run('constructor'), 'a').code).toContain('parallel_tool_calls')
})
