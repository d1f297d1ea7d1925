// Names of frameworks for people and for fixes, from the instrumentation scope.

/** Scope name -> framework. */
const BY_SCOPE: Readonly<Record<string, string>> = {
  ai: 'Vercel AI SDK',
  gen_ai: 'Vercel AI SDK',
  // What Tailrace makes of transcripts and exports that are not OpenTelemetry's.
  'tailrace.import.claude-code': 'Claude Code',
  'tailrace.import.codex': 'Codex CLI',
  'tailrace.import.langfuse': 'Langfuse',
}

/** What follows the prefix in `@arizeai/openinference-instrumentation-X` or `openinference.instrumentation.X`. */
const BY_INSTRUMENTATION: Readonly<Record<string, string>> = {
  langchain: 'LangChain',
  'openai-agents': 'OpenAI Agents SDK',
  openai: 'OpenAI SDK',
  anthropic: 'Anthropic SDK',
  'llama-index': 'LlamaIndex',
  llamaindex: 'LlamaIndex',
  smolagents: 'smolagents',
  crewai: 'CrewAI',
  autogen: 'AutoGen',
  'autogen-agentchat': 'AutoGen',
  'claude-agent-sdk': 'Claude Agent SDK',
  'google-adk': 'Google ADK',
  'google-genai': 'Google Gen AI SDK',
  haystack: 'Haystack',
  'pydantic-ai': 'Pydantic AI',
  mcp: 'MCP',
  agno: 'Agno',
  vercel: 'Vercel AI SDK',
}

/** OpenLLMetry's instrumentations of frameworks, not those of model providers: `@traceloop/instrumentation-X`, `opentelemetry.instrumentation.X`. */
const TRACELOOP =
  /^(?:@traceloop\/instrumentation-|opentelemetry\.instrumentation\.)(langchain|llama-?index|openai[-_]agents|crewai|haystack|agno|mcp)\b/

/** The framework under an OpenLLMetry scope, or OpenLLMetry where only a provider or the user's own code is traced. */
export function traceloopFramework(scopeName: string): string {
  const name = TRACELOOP.exec(scopeName)?.[1]?.replaceAll('_', '-')
  return (name === undefined ? undefined : BY_INSTRUMENTATION[name]) ?? 'OpenLLMetry'
}

const INSTRUMENTATION = /openinference[-.]instrumentation[-.](.+)$/

/** The framework that a scope name gives away, or `otherwise`. */
export function frameworkOf(scopeName: string, otherwise: string): string {
  const known = Object.hasOwn(BY_SCOPE, scopeName) ? BY_SCOPE[scopeName] : undefined
  if (known) return known
  const name = scopeName.includes('instrumentation')
    ? INSTRUMENTATION.exec(scopeName)?.[1]?.replaceAll('_', '-')
    : undefined
  if (name === undefined) return otherwise
  return (Object.hasOwn(BY_INSTRUMENTATION, name) ? BY_INSTRUMENTATION[name] : undefined) ?? name
}
