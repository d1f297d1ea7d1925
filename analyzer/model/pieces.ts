/** A pause this long ends a run whose spans have a trace each: a model or a tool at work has a span that bridges it. In ns. */
export const LONGEST_PAUSE_NS = 30_000_000_000n
