import type { Match } from './look.ts'

/**
 * Gives equal matches of one entry of the index as one object, if they come one after another: what every call is given
 * (`state: open`) is found in the same first results each time, and a run of thousands of calls would hold thousands of copies.
 */
export function sameMatches(): (match: Match, entry: number) => Match {
  const last = new Map<number, Match>()
  return (match, entry) => {
    const known = last.get(entry)
    if (known !== undefined && isSame(known, match)) return known
    last.set(entry, match)
    return match
  }
}

const isSame = (a: Match, b: Match): boolean =>
  a.hit === b.hit &&
  a.from === b.from &&
  a.leaf === b.leaf &&
  a.kind === b.kind &&
  a.rival === b.rival &&
  a.bits === b.bits &&
  a.resultTokens === b.resultTokens &&
  a.affinity === b.affinity &&
  a.wholeResult === b.wholeResult &&
  a.numeric === b.numeric &&
  a.plain === b.plain &&
  a.saidLater === b.saidLater &&
  a.loose === b.loose &&
  a.unused === b.unused &&
  a.share === b.share &&
  a.incidental === b.incidental
