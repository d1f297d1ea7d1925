// Names of frameworks for people and for fixes, from the instrumentation scope.

/** Scope name -> framework. */
const BY_SCOPE: Readonly<Record<string, string>> = {
  ai: 'Vercel AI SDK',
  gen_ai: 'Vercel AI SDK',
  'strands-agents': 'Strands Agents',
  'strands.telemetry.tracer': 'Strands Agents',
  'pydantic-ai': 'Pydantic AI',
  agent_framework: 'Microsoft Agent Framework',
  'autogen-core': 'AutoGen',
  'gcp.vertex.agent': 'Google ADK',
  '@mastra/otel-exporter': 'Mastra',
}

/** What follows the prefix in `@arizeai/openinference-instrumentation-X` or `openinference.instrumentation.X`. */
const BY_INSTRUMENTATION: Readonly<Record<string, string>> = {
  langchain: 'LangChain',
  'openai-agents': 'OpenAI Agents SDK',
  openai: 'OpenAI SDK',
  anthropic: 'Anthropic SDK',
  'llama-index': 'LlamaIndex',
  smolagents: 'smolagents',
  crewai: 'CrewAI',
  agno: 'Agno',
  vercel: 'Vercel AI SDK',
}

const INSTRUMENTATION = /openinference[-.]instrumentation[-.](.+)$/

/** The framework that a scope name gives away, or `otherwise`. */
export function frameworkOf(scopeName: string, otherwise: string): string {
  const known = Object.hasOwn(BY_SCOPE, scopeName) ? BY_SCOPE[scopeName] : undefined
  if (known) return known
  const name = INSTRUMENTATION.exec(scopeName)?.[1]?.replaceAll('_', '-')
  if (name === undefined) return otherwise
  return (Object.hasOwn(BY_INSTRUMENTATION, name) ? BY_INSTRUMENTATION[name] : undefined) ?? name
}
