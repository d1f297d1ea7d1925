// Times as a person reads them. Every function is total: what is not a finite number reads `–`.

const MINUTE = 60_000
const HOUR = 3_600_000

/** `840 ms`, `6.2 s`, `1 m 12 s`, `2 h 05 m`. Milliseconds in. */
export function formatDuration(ms: number): string {
  if (!Number.isFinite(ms)) return '–'
  if (ms < 0) return `−${formatDuration(-ms)}`
  if (ms === 0) return '0 s'
  if (ms < 9.95) return `${trimZero(ms.toFixed(ms < 0.095 ? 2 : 1))} ms`
  if (ms < 999.5) return `${Math.round(ms)} ms`
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`
  if (ms < HOUR - 500) {
    const seconds = Math.round(ms / 1000)
    return `${Math.floor(seconds / 60)} m ${String(seconds % 60).padStart(2, '0')} s`
  }
  const minutes = Math.round(ms / MINUTE)
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} m`
}

/** `2.9–3.1 s`; one figure where both read the same; two with units where the units differ. */
export function formatRange(lowMs: number, highMs: number): string {
  const low = formatDuration(Math.min(lowMs, highMs))
  const high = formatDuration(Math.max(lowMs, highMs))
  if (low === high) return low
  const [lowNumber = '', ...lowUnit] = low.split(' ')
  const [, ...highUnit] = high.split(' ')
  return lowUnit.length === 1 && highUnit.length === 1 && lowUnit[0] === highUnit[0]
    ? `${lowNumber}–${high}`
    : `${low} – ${high}`
}

/**
 * A stretch of time from the run's start: `120 to 340 ms`, `3.6 to 4.0 s`, `1:48.64 to 1:48.77`. Its length is at
 * least three steps of the last digit.
 */
export function formatStretch(startMs: number, endMs: number): string {
  if (!Number.isFinite(startMs) || !Number.isFinite(endMs)) return '–'
  const lengthMs = Math.max(endMs - startMs, 1e-3)
  const digitsFor = (unitMs: number) => Math.min(Math.max(Math.ceil(0.5 - Math.log10(lengthMs / unitMs)), 0), 6)
  if (endMs < 1_000) {
    const digits = Math.min(digitsFor(1), 3)
    return `${startMs.toFixed(digits)} to ${endMs.toFixed(digits)} ms`
  }
  const digits = Math.min(Math.max(digitsFor(1_000), 1), 6)
  if (endMs < MINUTE) return `${(startMs / 1_000).toFixed(digits)} to ${(endMs / 1_000).toFixed(digits)} s`
  const clock = (ms: number) => {
    const scale = 10 ** digits
    const seconds = Math.round((ms / 1_000) * scale) / scale
    const minutes = Math.floor(seconds / 60)
    return `${minutes}:${(seconds - minutes * 60).toFixed(digits).padStart(digits + 3, '0')}`
  }
  return `${clock(startMs)} to ${clock(endMs)}`
}

/** A share in [0, 1] as `50 %`; never `0 %` for something and never `100 %` for less than all. */
export function formatShare(share: number): string {
  if (!Number.isFinite(share)) return '–'
  if (share > 0 && share < 0.005) return '< 1 %'
  if (share < 1 && share >= 0.995) return '> 99 %'
  return `${Math.round(share * 100)} %`
}

/** How long ago, in words: `now`, `12 s ago`, `4 min ago`, `3 h ago`, `2 days ago`. Milliseconds since the epoch in. */
export function formatAgo(thenMs: number, nowMs: number): string {
  const ago = nowMs - thenMs
  if (!Number.isFinite(ago)) return '–'
  if (ago < 2_000) return 'now'
  if (ago < MINUTE) return `${Math.floor(ago / 1000)} s ago`
  if (ago < HOUR) return `${Math.floor(ago / MINUTE)} min ago`
  if (ago < 24 * HOUR) return `${Math.floor(ago / HOUR)} h ago`
  const days = Math.floor(ago / (24 * HOUR))
  return days === 1 ? 'yesterday' : `${days} days ago`
}

function trimZero(text: string): string {
  return text.endsWith('.0') ? text.slice(0, -2) : text
}
