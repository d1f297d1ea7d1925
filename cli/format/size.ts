const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const

/** Bytes as a person reads them, three digits or so: 512 -> 512 bytes, 1_234_567 -> 1.23 MB, 999_999 -> 1.00 MB. */
export function formatSize(bytes: number): string {
  let value = bytes
  let unit = 0
  while (unit < UNITS.length - 1 && value >= (unit === 0 ? 1000 : 999.5)) {
    value /= 1000
    unit += 1
  }
  if (unit === 0) return `${Math.round(value)} ${UNITS[0]}`
  return `${value.toFixed(value < 9.995 ? 2 : value < 99.95 ? 1 : 0)} ${UNITS[unit]}`
}
