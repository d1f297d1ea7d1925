import type { PriceTable } from '../model/options.ts'
import type { Run } from '../model/run.ts'
import type { MovedPlan } from './drafts.ts'

const PER_TOKENS = 1_000_000

/**
 * What a schedule's removed tokens would have cost: input and output of the turns that go, less the output that other turns
 * write for them. Null without prices, or where a turn's model has none or its token counts are not known.
 */
export function costOf(
  run: Run,
  moved: Pick<MovedPlan, 'turnsRemoved' | 'handedOver'> | undefined,
  prices: PriceTable | null,
): number | null {
  if (prices === null) return null
  const priceOf = (turn: number) => {
    const model = run.turns[turn]!.model
    return model !== null && Object.hasOwn(prices.models, model) ? prices.models[model] : undefined
  }
  let cost = 0
  for (const turn of moved?.turnsRemoved ?? []) {
    const { inputTokens, outputTokens } = run.turns[turn]!
    const price = priceOf(turn)
    if (price === undefined || inputTokens === null || outputTokens === null) return null
    cost += inputTokens * price.input + outputTokens * price.output
  }
  for (const [turn, tokens] of moved?.handedOver ?? []) {
    const price = priceOf(turn)
    if (price === undefined) return null
    cost -= tokens * price.output
  }
  return Math.max(0, cost) / PER_TOKENS
}
