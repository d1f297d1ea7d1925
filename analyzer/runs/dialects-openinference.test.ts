// OpenInference's instrumentations, of which there is no capture, each spelled by hand: all must give the same run (test-scenario.ts).

import { describeDialects, json, openinference, openinferenceRoot, openinferenceTool, python } from './test-dialects.ts'

describeDialects({
  'LlamaIndex by OpenInference': {
    framework: 'LlamaIndex',
    convention: 'openinference',
    rule: 'arguments',
    scope: `${python}llama_index`,
    root: openinferenceRoot('AgentWorkflow.run'),
    model: (turn) => ({ name: 'OpenAI.astream_chat', attributes: openinference(turn) }),
    tool: (ask) =>
      openinferenceTool(ask, {
        'input.value': json({ kwargs: ask.args }),
        'tool.parameters': json({ properties: { city: { type: 'string' } } }),
      }),
  },
  'smolagents by OpenInference': {
    framework: 'smolagents',
    convention: 'openinference',
    rule: 'arguments',
    scope: `${python}smolagents`,
    root: openinferenceRoot('ToolCallingAgent.run'),
    model: (turn) => ({ name: 'OpenAIServerModel.generate', attributes: openinference(turn) }),
    tool: (ask) =>
      openinferenceTool(ask, {
        'input.value': json({ args: [], sanitize_inputs_outputs: true, kwargs: ask.args }),
        'tool.parameters': '{"city":{"type":"string","description":"City"}}',
      }),
  },
  'CrewAI by OpenInference': {
    framework: 'CrewAI',
    convention: 'openinference',
    rule: 'arguments',
    scope: `${python}crewai`,
    root: openinferenceRoot('travel._execute_core'),
    model: (turn) => ({ name: 'completion', attributes: openinference(turn) }),
    tool: (ask) =>
      openinferenceTool(ask, {
        'input.value': json({
          tool_string: `Action: ${ask.tool}\nAction Input: ${json(ask.args)}`,
          calling: 'tool_name=...',
        }),
      }),
  },
  'AutoGen by OpenInference': {
    framework: 'AutoGen',
    convention: 'openinference',
    rule: 'arguments',
    scope: `${python}autogen_agentchat`,
    root: openinferenceRoot('AssistantAgent.run'),
    model: (turn) => ({ name: 'OpenAIChatCompletionClient.create', attributes: openinference(turn) }),
    tool: (ask) => openinferenceTool(ask, { 'tool.parameters': json(ask.args) }),
  },
  'Google ADK by OpenInference': {
    framework: 'Google ADK',
    convention: 'openinference',
    rule: 'call-id',
    scope: `${python}google_adk`,
    root: openinferenceRoot('agent_run [travel]'),
    model: (turn) => ({ name: 'call_llm', attributes: openinference(turn) }),
    tool: (ask) => openinferenceTool(ask, { 'tool.id': ask.id, 'input.value': json(ask.args) }),
  },
})
