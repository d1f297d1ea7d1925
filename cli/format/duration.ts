/**
 * Milliseconds as a person reads them: three digits or so, and a unit.
 *
 *     0 -> 0 ms     0.42 -> 0.4 ms     640 -> 640 ms     1370 -> 1.37 s     65000 -> 1 m 05 s     3_720_000 -> 1 h 02 m
 *
 * Each limit is taken after rounding, so that 999.7 reads `1.00 s` and never `1000 ms`.
 */
export function formatDuration(ms: number): string {
  if (!Number.isFinite(ms)) return String(ms)
  if (ms < 0) return `-${formatDuration(-ms)}`
  if (ms > 0 && ms < 9.95) return `${Number(ms.toFixed(1))} ms`
  if (Math.round(ms) < 1_000) return `${Math.round(ms)} ms`
  if (ms < 9_995) return `${(ms / 1_000).toFixed(2)} s`
  if (ms < 59_950) return `${(ms / 1_000).toFixed(1)} s`
  const seconds = Math.round(ms / 1_000)
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} m ${twoDigits(seconds % 60)} s`
  const minutes = Math.round(ms / 60_000)
  return `${Math.floor(minutes / 60)} h ${twoDigits(minutes % 60)} m`
}

/** A share in [0, 1] as a percentage, e.g. 0.327 -> `33 %`; one decimal below 10 %, so that 0.4 % does not read 0 %. */
export function formatShare(share: number): string {
  const percent = share * 100
  return `${percent > 0 && percent < 9.95 ? Number(percent.toFixed(1)) : Math.round(percent)} %`
}

const twoDigits = (value: number): string => String(value).padStart(2, '0')
