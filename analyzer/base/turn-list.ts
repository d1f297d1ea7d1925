/** Turns told of by number; the rest would bury them. */
const MAX_TOLD = 4

/** `2, 5`, or `2, 5, 6, 9 and 3 more`. */
export function turnList(turns: readonly number[]): string {
  const more = turns.length - MAX_TOLD
  return `${turns.slice(0, MAX_TOLD).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}
