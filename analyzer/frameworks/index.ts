// The one table of frameworks, in the order in which they are shown.

import { autogen } from './autogen.ts'
import { claudeAgentSdk } from './claude-agent-sdk.ts'
import { claudeCode } from './claude-code.ts'
import { codexCli } from './codex-cli.ts'
import { crewai } from './crewai.ts'
import type { Framework } from './framework.ts'
import { geminiCli } from './gemini-cli.ts'
import { genkit } from './genkit.ts'
import { githubCopilot } from './github-copilot.ts'
import { googleAdk } from './google-adk.ts'
import { haystack } from './haystack.ts'
import { langchain } from './langchain.ts'
import { langfuse } from './langfuse.ts'
import { langsmith } from './langsmith.ts'
import { llamaindex } from './llamaindex.ts'
import { mastra } from './mastra.ts'
import { mlflow } from './mlflow.ts'
import { msAgentFramework } from './ms-agent-framework.ts'
import { openaiAgents } from './openai-agents.ts'
import { openllmetry } from './openllmetry.ts'
import { opentelemetry } from './opentelemetry.ts'
import { pydanticAi } from './pydantic-ai.ts'
import { semanticKernel } from './semantic-kernel.ts'
import { smolagents } from './smolagents.ts'
import { springAi } from './spring-ai.ts'
import { strands } from './strands.ts'
import { vercelAiSdk } from './vercel-ai-sdk.ts'

export const frameworks: readonly Framework[] = [
  vercelAiSdk,
  langchain,
  openaiAgents,
  llamaindex,
  smolagents,
  crewai,
  autogen,
  msAgentFramework,
  semanticKernel,
  pydanticAi,
  googleAdk,
  strands,
  mastra,
  genkit,
  haystack,
  springAi,
  langsmith,
  langfuse,
  mlflow,
  openllmetry,
  claudeCode,
  claudeAgentSdk,
  codexCli,
  geminiCli,
  githubCopilot,
  opentelemetry,
]

/** The framework that a report names so; plain OpenTelemetry where nobody knows better. */
export function frameworkNamed(name: string): Framework {
  return frameworks.find(({ reportedAs }) => reportedAs.includes(name)) ?? opentelemetry
}
