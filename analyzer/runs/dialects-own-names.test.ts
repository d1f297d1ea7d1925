// SDKs with names of their own, of which there is no capture, each spelled by hand: all must give the same run (test-scenario.ts).

import type { Json } from '../model/json.ts'
import { chat, describeDialects, failure, isFailed, json } from './test-dialects.ts'
import { answerOf, asChat, FAILURE, type Said } from './test-scenario.ts'

describeDialects({
  'AI SDK 4': {
    framework: 'Vercel AI SDK',
    convention: 'vercel-ai',
    rule: 'call-id',
    scope: 'ai',
    root: {
      name: 'ai.generateText',
      attributes: { 'ai.operationId': 'ai.generateText', 'ai.telemetry.functionId': 'travel' },
    },
    model: (turn) => ({
      name: 'ai.generateText.doGenerate',
      attributes: {
        'ai.operationId': 'ai.generateText.doGenerate',
        'ai.model.id': 'm',
        'ai.usage.promptTokens': turn.tokens[0],
        'ai.usage.completionTokens': turn.tokens[1],
        'ai.response.text': turn.says,
        'ai.response.toolCalls': json(
          turn.asks.map(({ id, tool, args }) => ({
            toolCallType: 'function',
            toolCallId: id,
            toolName: tool,
            args: json(args),
          })),
        ),
        'ai.prompt.messages': json(
          turn.given.map(({ role, text, asks, answers }): Json => {
            if (answers)
              return {
                role,
                content: [{ type: 'tool-result', toolCallId: answers.id, toolName: answers.tool, result: text }],
              }
            if (asks.length > 0)
              return {
                role,
                content: asks.map((ask) => ({
                  type: 'tool-call',
                  toolCallId: ask.id,
                  toolName: ask.tool,
                  args: ask.args,
                })),
              }
            return { role, content: text }
          }),
        ),
      },
    }),
    tool: (ask) => ({
      name: 'ai.toolCall',
      attributes: {
        'ai.operationId': 'ai.toolCall',
        'ai.toolCall.name': ask.tool,
        'ai.toolCall.id': ask.id,
        'ai.toolCall.args': json(ask.args),
        ...(isFailed(ask) ? {} : { 'ai.toolCall.result': json(ask.result!) }),
      },
      ...failure(ask),
    }),
  },
  LangSmith: {
    framework: 'LangSmith SDK',
    convention: 'langsmith',
    rule: 'arguments',
    scope: 'langsmith',
    root: { name: 'travel', attributes: { 'langsmith.span.kind': 'chain', 'gen_ai.operation.name': 'chain' } },
    model: (turn) => ({
      name: 'ChatOpenAI',
      attributes: {
        ...chat(turn),
        'langsmith.span.kind': 'llm',
        'gen_ai.prompt': json({ messages: asChat(turn.given), model: 'm' }),
        'gen_ai.completion': json({ choices: [{ message: asChat([answerOf(turn)])[0]! }] }),
      },
    }),
    // A failed tool has status OK and an exception event.
    tool: (ask) => ({
      name: ask.tool,
      attributes: {
        'langsmith.span.kind': 'tool',
        'gen_ai.operation.name': 'execute_tool',
        'gen_ai.prompt': json(ask.args),
        ...(isFailed(ask) ? {} : { 'gen_ai.completion': json({ outputs: ask.result! }) }),
      },
      events: isFailed(ask) ? [{ name: 'exception', attributes: { 'exception.message': FAILURE } }] : [],
    }),
  },
  MLflow: {
    framework: 'MLflow',
    convention: 'mlflow',
    rule: 'arguments',
    scope: 'mlflow',
    root: { name: 'travel', attributes: { 'mlflow.spanType': '"AGENT"' } },
    model: (turn) => ({
      name: 'Completions',
      attributes: {
        'mlflow.spanType': '"CHAT_MODEL"',
        'mlflow.spanInputs': json({ model: 'm', messages: asChat(turn.given) }),
        'mlflow.spanOutputs': json({ choices: [{ message: asChat([answerOf(turn)])[0]! }] }),
        'mlflow.chat.tokenUsage': json({ input_tokens: turn.tokens[0], output_tokens: turn.tokens[1] }),
      },
    }),
    tool: (ask) => ({
      name: ask.tool,
      attributes: {
        'mlflow.spanType': '"TOOL"',
        'mlflow.spanInputs': json(ask.args),
        ...(isFailed(ask) ? {} : { 'mlflow.spanOutputs': json(ask.result!) }),
      },
      ...failure(ask),
    }),
  },
  Haystack: {
    framework: 'Haystack',
    convention: 'haystack',
    rule: 'arguments',
    scope: 'haystack',
    root: { name: 'haystack.agent.run', attributes: { 'haystack.agent.name': 'travel' } },
    model: (turn) => {
      const parts = ({ role, text, asks, answers }: Said): Json => ({
        role,
        meta:
          role === 'assistant'
            ? { model: 'm', usage: { prompt_tokens: turn.tokens[0], completion_tokens: turn.tokens[1] } }
            : {},
        content: [
          ...(answers
            ? [
                {
                  tool_call_result: {
                    result: text,
                    origin: { id: answers.id, tool_name: answers.tool, arguments: answers.args },
                    error: false,
                  },
                },
              ]
            : [{ text }]),
          ...asks.map(({ id, tool, args }) => ({ tool_call: { id, tool_name: tool, arguments: args } })),
        ],
      })
      return {
        name: 'haystack.agent.step.llm',
        attributes: {
          'haystack.agent.step.llm.input': json({ messages: turn.given.map(parts) }),
          'haystack.agent.step.llm.output': json({ replies: [parts(answerOf(turn))] }),
        },
      }
    },
    tool: (ask) => ({
      name: 'haystack.agent.step.tool',
      attributes: {
        'haystack.tool.name': ask.tool,
        'haystack.agent.step.tool.input': json(ask.args),
        'haystack.agent.step.tool.output': json(isFailed(ask) ? { error: FAILURE } : ask.result!),
      },
    }),
  },
})
