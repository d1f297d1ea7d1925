import type { ModeReason } from '../model/dependency.ts'

/** How a reason reads behind a mode: `sequential: each step reacts to an error`. */
export const MODE_WORDS: Readonly<Record<ModeReason, string>> = {
  independent: 'none of them needs what another returned',
  mechanical: 'values only pass through the model',
  capped: 'only one call of these may run at a time',
  'no-gain': 'at the same time they would end no sooner',
  alone: 'nothing before it to run beside',
  session: 'they act on one session, whose order is its meaning',
  error: 'each step reacts to an error',
  declared: 'the order was declared',
  'not-captured': 'arguments or results were not captured',
  refined: 'each step asks again in other words',
  authored: 'the model wrote new values after it had seen a result',
  'read-out': 'values were read out of a longer text',
  picked: 'each step picks from what the one before offered',
  write: 'what was read may have decided whether to change something',
  state: 'they may touch the same thing, and not both only read',
  words: 'the model also wrote words in between',
  person: 'a person spoke in between',
  unproven: 'nothing proves that they do not need each other',
}
/** Reasons told of one stretch; the rest would bury them. */
const MAX_REASONS = 2

/** Reasons, the most frequent first, as one text. */
export function reasonsText(reasons: readonly ModeReason[]): string {
  if (reasons.length === 1) return MODE_WORDS[reasons[0]!]
  return reasons
    .slice(0, MAX_REASONS)
    .map((reason) => MODE_WORDS[reason])
    .join('; ')
}
