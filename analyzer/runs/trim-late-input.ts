import { mapped } from '../base/mapped.ts'
import type { ChatMessage, ModelRecord } from '../model/record.ts'
import type { TurnDraft } from './drafts.ts'

/**
 * `turns` with each input cut before the turn's own answer. An SDK that writes its messages down late (LangSmith in
 * JavaScript) writes down a list that has grown since: the first turn seems to know how the run ends.
 *
 *   turn 0   given  user, [asks c1], result c1, "Done."   asks c1      -> given  user
 *   turn 1   given  user, [asks c1], result c1, "Done."   says "Done." -> given  user, [asks c1], result c1
 *
 * The id of a call in its own turn's input proves it. Words alone prove nothing, and only count where an id has.
 */
export function trimLateInput(turns: readonly TurnDraft[]): readonly TurnDraft[] {
  const cuts = mapped(turns, ({ record, requests }) => {
    if (record.input.length === 0) return -1
    const own = new Set(requests.flatMap(({ id }) => id ?? []))
    return own.size === 0
      ? -1
      : record.input.findIndex(({ calls }) => calls.some(({ id }) => id !== null && own.has(id)))
  })
  // Ids that a model counts anew in each turn are in every later turn's history: they prove nothing.
  const isLate = cuts.some((cut, t) => cut >= 0 && !isRepeated(turns, t))
  if (!isLate) return turns
  return turns.map((turn, t) => {
    const cut = turn.requests.length > 0 ? (isRepeated(turns, t) ? -1 : cuts[t]!) : answerIn(turn.record)
    return cut < 0 ? turn : { ...turn, record: { ...turn.record, input: turn.record.input.slice(0, cut) } }
  })
}

/** Whether an earlier turn used one of the turn's ids. */
function isRepeated(turns: readonly TurnDraft[], t: number): boolean {
  const own = new Set(turns[t]!.requests.map(({ id }) => id))
  return turns.slice(0, t).some(({ requests }) => requests.some(({ id }) => id !== null && own.has(id)))
}

/** Where the model's own words are in its input. */
function answerIn({ input, output }: ModelRecord): number {
  const words = output.map(({ text }) => text).join('\n')
  return words === ''
    ? -1
    : input.findLastIndex((message: ChatMessage) => message.role === 'assistant' && message.text === words)
}
