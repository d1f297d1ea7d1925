import * as v from 'valibot'
import { DEFAULT_OPTIONS, RULE_IDS, RUNGS } from '../../analyzer/model/options.ts'
import { parseBudget } from '../options/budget.ts'

const count = v.pipe(
  v.number('must be a whole number of at least 1'),
  v.integer('must be a whole number of at least 1'),
  v.minValue(1, 'must be a whole number of at least 1'),
)
const names = v.array(v.pipe(v.string(), v.nonEmpty('must not be empty')), 'must be a list of names')

const tool = v.strictObject({
  effect: v.optional(v.picklist(['read', 'write', 'session', 'unknown'])),
  resources: v.optional(names),
  session: v.optional(v.pipe(v.string(), v.nonEmpty('must not be empty'))),
  dependsOn: v.optional(names),
  independentOf: v.optional(names),
  pure: v.optional(v.boolean()),
  concurrency: v.optional(count),
})

const price = v.strictObject({
  input: v.pipe(v.number(), v.minValue(0, 'must be at least 0')),
  output: v.pipe(v.number(), v.minValue(0, 'must be at least 0')),
})

const notNegative = v.pipe(v.number('must be a number'), v.minValue(0, 'must be at least 0'))
const atLeastTwo = v.pipe(count, v.minValue(2, 'must be at least 2'))
const rules = v.strictObject({
  minSavedMs: notNegative,
  minSavedShare: v.pipe(notNegative, v.maxValue(1, 'must be at most 1')),
  nPlusOneCalls: atLeastTwo,
  lateStartMs: notNegative,
  fanOutCalls: atLeastTwo,
})
const silence = v.strictObject({
  rule: v.optional(v.picklist(RULE_IDS)),
  tools: names,
  reason: v.pipe(v.string('must say why, in a text'), v.nonEmpty('must say why')),
})

/** What a configuration may hold; TailraceConfig says what each entry means. */
export const configSchema = v.strictObject({
  // An editor's, in JSON.
  $schema: v.optional(v.string()),
  rung: v.optional(v.picklist(RUNGS)),
  threshold: v.optional(
    v.pipe(
      v.number(`must be a number from 0 to 1, for example ${DEFAULT_OPTIONS.threshold}`),
      v.minValue(0, 'must be at least 0'),
      v.maxValue(1, 'must be at most 1'),
    ),
  ),
  concurrency: v.optional(count),
  resourceCaps: v.optional(v.record(v.string(), count)),
  callOverheadMs: v.optional(v.pipe(v.number('must be milliseconds'), v.minValue(0, 'must be at least 0'))),
  contention: v.optional(
    v.pipe(v.number('must be a number'), v.minValue(1, 'must be at least 1: it makes calls longer')),
  ),
  prices: v.optional(v.strictObject({ currency: v.string(), models: v.record(v.string(), price) })),
  budget: v.optional(
    v.pipe(
      v.string('must be a text such as "500ms" or "10%"'),
      v.check(
        (text) => parseBudget(text).ok,
        (issue) => {
          const parsed = parseBudget(issue.input)
          return parsed.ok ? '' : parsed.error
        },
      ),
    ),
  ),
  rules: v.optional(v.partial(rules)),
  silence: v.optional(v.array(silence)),
  tools: v.optional(v.record(v.string(), tool)),
  history: v.optional(v.boolean('must be true or false')),
})
