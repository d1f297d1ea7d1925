import { ENDPOINT, type Framework } from './framework.ts'

export const openllmetry: Framework = {
  id: 'openllmetry',
  name: 'OpenLLMetry (Traceloop)',
  reportedAs: ['OpenLLMetry'],
  setup: [
    {
      title: 'First thing in the program (Python)',
      language: 'python',
      code: `# pip install traceloop-sdk
from traceloop.sdk import Traceloop

Traceloop.init(app_name="agent", api_endpoint="${ENDPOINT}", disable_batch=False)`,
    },
    {
      title: 'First thing in the program (TypeScript)',
      language: 'ts',
      code: `import * as traceloop from '@traceloop/node-server-sdk'

traceloop.initialize({ appName: 'agent', baseUrl: '${ENDPOINT}', traceloopSyncEnabled: false })`,
    },
  ],
  captured: [
    'Turns with messages and tokens; calls with arguments and result, from decorators (`withTool`, `@tool`) and from the instrumentations of LangChain and OpenAI Agents.',
  ],
  limits: [
    'In JavaScript a tool of `withTool` that rejects has no span.',
    'The JavaScript instrumentation of LangChain has no parents: its spans are stitched into a run by time, up to 2,000 of them, and the run says so.',
    'CrewAI has no spans of tools here.',
  ],
  content: {
    byDefault: 'on',
    setting: {
      title: 'In the shell that starts the agent',
      language: 'sh',
      code: 'export TRACELOOP_TRACE_CONTENT=true',
    },
  },
}
