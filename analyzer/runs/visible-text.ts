// What the model could see before each turn, apart from the results of the run's own calls.

import type { Json } from '../model/json.ts'
import type { ChatMessage } from '../model/record.ts'
import type { VisibleText } from '../model/run.ts'
import type { TurnDraft } from './drafts.ts'

export interface Visible {
  readonly messages: readonly VisibleText[]
  readonly promptKnown: boolean
  /** Turns, the first aside, that were given a message of the user's which no earlier turn had. Ascending. */
  readonly turnsAfterUser: readonly number[]
}

/**
 * Reads the turns' inputs in order. Most frameworks repeat the history in each, some send only what is new: a text is
 * listed once, at the first turn that was given it. `agentInput` is asked where no turn's input was captured.
 * `callIdsOf` is asked where results were given: for the ids of the run's calls, or null if some are unknown. `callsBeforeTurns`
 * says that calls ran before the first turn: then results in its input may be theirs.
 */
export function readVisible(
  turns: readonly TurnDraft[],
  agentInput: () => readonly ChatMessage[],
  callIdsOf: () => ReadonlySet<string> | null,
  callsBeforeTurns: boolean,
): Visible {
  const messages: VisibleText[] = []
  const seen = { system: new Set<string>(), user: new Set<string>(), assistant: new Set<string>() }
  const written = new Set<string>()
  const turnsAfterUser: number[] = []
  const opening = turns[0]?.record.input.find(isUsersOwn)
  const userMessages = new Map<string, number>()
  let callIds: ReadonlySet<string> | null | undefined

  const show = (beforeTurn: number, role: VisibleText['role'], text: string) => {
    if (text === '' || seen[role].has(text) || (role === 'assistant' && written.has(text))) return
    seen[role].add(text)
    messages.push({ beforeTurn, role, text })
  }

  turns.forEach(({ record }, t) => {
    for (const message of record.input) {
      if (message.role !== 'tool') show(t, message.role, message.text)
      for (const { id, result } of message.results) {
        callIds = callIds === undefined ? callIdsOf() : callIds
        const isOwn = callIds === null || id === null || callIds.has(id)
        if (t === 0 ? !callsBeforeTurns && !(id !== null && callIds?.has(id)) : !isOwn) show(t, 'user', spelled(result))
      }
    }
    const counts = countUserMessages(record.input)
    let isNew = counts.size > 0 && isOnlyNew(record.input, opening)
    for (const [text, count] of counts) {
      if (count <= (userMessages.get(text) ?? 0)) continue
      isNew = true
      userMessages.set(text, count)
    }
    if (t > 0 && isNew) turnsAfterUser.push(t)
    for (const message of record.output) written.add(message.text)
  })

  const input = turns.find(({ record }) => record.input.length > 0)?.record.input ?? []
  const fromTurns = isPrompt(input)
  if (fromTurns) return { messages, promptKnown: true, turnsAfterUser }
  const given = agentInput()
  for (const message of given) if (message.role !== 'tool') show(0, message.role, message.text)
  return { messages, promptKnown: given.some(isUsersText), turnsAfterUser }
}

/** A result that no call of the run gave: of an earlier conversation, or of a tool whose span is lost. */
const spelled = (result: Json | undefined): string =>
  result === undefined ? '' : typeof result === 'string' ? result : JSON.stringify(result)

/** The user's words, or the system's where nobody else speaks. A message whose content was hidden has no text. */
const isPrompt = (input: readonly ChatMessage[]): boolean =>
  input.some(isUsersText) || (input.length > 0 && input.every(({ role, text }) => role === 'system' && text !== ''))

const isUsersText = ({ role, text }: ChatMessage): boolean => role === 'user' && text !== ''

/** Some frameworks give results as the user's message. */
const isUsersOwn = ({ role, results }: ChatMessage): boolean => role === 'user' && results.length === 0

/** By text, so that "yes" said again is new; those without any (hidden, or an image) count together. */
function countUserMessages(input: readonly ChatMessage[]): ReadonlyMap<string, number> {
  if (input.length === 0) return NOTHING_COUNTED
  const counts = new Map<string, number>()
  for (const message of input) {
    if (isUsersOwn(message)) counts.set(message.text, (counts.get(message.text) ?? 0) + 1)
  }
  return counts
}

const NOTHING_COUNTED: ReadonlyMap<string, number> = new Map()

/**
 * Whether an input of a later turn holds what is new and not the history: no answer of the model's is in it, and it does
 * not begin with what the user said first. Then every message in it is new, even if its text was there before.
 */
const isOnlyNew = (input: readonly ChatMessage[], opening: ChatMessage | undefined): boolean =>
  !input.some(({ role }) => role === 'assistant') && input.find(isUsersOwn)?.text !== opening?.text
