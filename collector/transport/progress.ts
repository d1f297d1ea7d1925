// A slow exporter is served however long it takes; one that has stopped is not. Node's own limit for a request is on the
// whole of it, 300 s, which cuts a large batch on a slow line and lets a sender of one byte a second hold on.

export interface ProgressRule {
  /** In every window of this many milliseconds ... */
  readonly windowMs: number
  /** ... at least this many bytes must come. */
  readonly minBytes: number
}

export const PROGRESS: ProgressRule = { windowMs: 30_000, minBytes: 1024 }

/** Calls `onStalled` once when too little has come in a window. `received` tells the bytes so far. Returns a function that ends it. */
export function watchProgress(rule: ProgressRule, received: () => number, onStalled: () => void): () => void {
  let before = received()
  const timer = setInterval(() => {
    const now = received()
    if (now - before >= rule.minBytes) before = now
    else {
      clearInterval(timer)
      onStalled()
    }
  }, rule.windowMs)
  return () => clearInterval(timer)
}
