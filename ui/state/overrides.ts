import { type Override, subjectOf } from '../../analyzer/model/options.ts'

/** Adds the user's word; a later word on the same pair or tool replaces the earlier one. */
export function withOverride(overrides: readonly Override[], added: Override): Override[] {
  return [...overrides.filter((o) => subjectOf(o) !== subjectOf(added)), added]
}

/** The override that the user gave on a pair, if any. */
export function overrideOn(overrides: readonly Override[], from: string, to: string): Override | undefined {
  return overrides.find((o) => o.kind !== 'effect' && o.from === from && o.to === to)
}
