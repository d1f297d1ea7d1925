// A broken invariant is a bug of ours: throw a sentence. Bad input is not: that is a Result or a note in the report.

/** Throws if `condition` is false. `message` says which invariant broke. */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(`Tailrace bug: ${message}`)
}

/** The value, or a throw if it is null or undefined. For look-ups that an invariant promises to hit. */
export function assertExists<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new Error(`Tailrace bug: ${what} does not exist`)
  return value
}

/** Proves to the compiler that every case of a union was handled. */
export function unreachable(value: never): never {
  throw new Error(`Tailrace bug: unhandled case ${JSON.stringify(value)}`)
}
