// What a scripted model answers: a pure function of the messages, so that one server, without any state of its own,
// serves every framework and any number of runs at once.

import type { Json } from '../../analyzer/model/json.ts'
import { type JsonObject, textOf, type WireMessage } from './chat-api.ts'

export interface Answer {
  /** Words for the user, '' beside calls. */
  readonly text: string
  readonly calls: readonly { readonly tool: string; readonly arguments: JsonObject }[]
}

/** Throws an Error with a sentence when it has no answer; the server passes that on as a 400. */
export type Script = (messages: readonly WireMessage[]) => Answer

/** Results of the conversation so far, by tool name; a result that is not JSON is its text. */
export type Results = ReadonlyMap<string, Json>

export interface Step {
  readonly tool: string
  /** Tools whose results the arguments are made of. */
  readonly needs: readonly string[]
  readonly arguments: (results: Results) => JsonObject
}

export interface Plan {
  /** The plan is for conversations whose first user message contains this. */
  readonly prompt: string
  /** Each tool at most once, in the order of a model that asks for one at a time. */
  readonly steps: readonly Step[]
  readonly answer: (results: Results) => string
}

/** A system prompt with these words makes a scripted model ask for all that it can at once, else for one tool per turn. */
export const PARALLEL_WORDS = 'in one response'

/**
 * A script that works through a plan: it asks for steps whose needs are met and that were not asked for yet, and gives
 * the final answer when none is left.
 *
 *     steps  a  b  c(a)      one per turn:  a | b | c | text      in parallel:  a b | c | text
 */
export function planScript(plans: readonly Plan[]): Script {
  return (messages) => {
    const prompt = messages.filter((message) => message.role === 'user').map(textOf)[0] ?? ''
    const plan = plans.find((candidate) => prompt.includes(candidate.prompt))
    if (!plan) throw new Error(`The scripted model has no plan for the prompt "${prompt.slice(0, 80)}".`)
    const results = resultsOf(messages)
    const open = plan.steps.filter((step) => !results.has(step.tool) && step.needs.every((need) => results.has(need)))
    if (open.length === 0) return { text: plan.answer(results), calls: [] }
    const asked = isParallel(messages) ? open : open.slice(0, 1)
    return { text: '', calls: asked.map((step) => ({ tool: step.tool, arguments: step.arguments(results) })) }
  }
}

/** A field of an earlier result by path; throws when it is not there, which means that a tool answered out of script. */
export function resultValue(results: Results, tool: string, ...path: readonly (string | number)[]): Json {
  let value: Json | undefined = results.get(tool)
  for (const key of path) {
    value = typeof value === 'object' && value !== null ? (value as Record<string | number, Json>)[key] : undefined
  }
  if (value === undefined) throw new Error(`The scripted model found no ${path.join('.')} in what ${tool} returned.`)
  return value
}

function isParallel(messages: readonly WireMessage[]): boolean {
  return messages.some(
    (message) =>
      (message.role === 'system' || message.role === 'developer') && textOf(message).includes(PARALLEL_WORDS),
  )
}

function resultsOf(messages: readonly WireMessage[]): Results {
  const toolOf = new Map<string, string>()
  const results = new Map<string, Json>()
  for (const message of messages) {
    for (const call of message.tool_calls ?? []) toolOf.set(call.id, call.function.name)
    const tool = message.role === 'tool' ? toolOf.get(message.tool_call_id ?? '') : undefined
    if (tool !== undefined) results.set(tool, parseOrText(textOf(message)))
  }
  return results
}

function parseOrText(text: string): Json {
  try {
    return JSON.parse(text)
  } catch {
    return text // A tool may answer in plain words; the API does not ask for JSON.
  }
}
