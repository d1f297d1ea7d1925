/**
 * `list.map(of)` whose result is always packed. V8's optimised `map` gives an array with possible holes, its plain one does
 * not: a list that other modules read throws them out of their optimised code each time the code that makes it is optimised
 * or dropped, for the first ten runs of a process. Use it for lists with an entry per span, turn or call.
 */
export function mapped<T, R>(list: readonly T[], of: (one: T, at: number) => R): R[] {
  const all: R[] = []
  for (let at = 0; at < list.length; at++) all.push(of(list[at] as T, at))
  return all
}
