// Times as files write them -> nanoseconds since 1970, without rounding what they say.

const ISO = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?\d*\s?(Z|[+-]\d\d:?\d\d)?$/

/** ISO 8601 with up to nine decimals; a time without a zone is UTC. Null for anything else. */
export function nanosOfIso(text: unknown): bigint | null {
  const match = typeof text === 'string' ? ISO.exec(text) : null
  if (match === null) return null
  const [, day, time, decimals = '', zone = 'Z'] = match
  const ms = Date.parse(`${day}T${time}${zone.replace(/^([+-]\d\d)(\d\d)$/, '$1:$2')}`)
  return Number.isNaN(ms) ? null : BigInt(ms) * NS_PER_MS + BigInt(decimals.padEnd(9, '0'))
}

/** Microseconds since 1970, as Jaeger counts. Null for what is no whole number of them. */
export function nanosOfMicros(value: unknown): bigint | null {
  if (typeof value === 'bigint') return value * 1_000n
  return typeof value === 'number' && Number.isInteger(value) ? BigInt(value) * 1_000n : null
}

/** Milliseconds since 1970, with decimals, as tables exported from Python have them. */
export function nanosOfMillis(value: unknown): bigint | null {
  if (typeof value !== 'number' || !Number.isFinite(value)) return null
  const whole = Math.floor(value)
  return BigInt(whole) * NS_PER_MS + BigInt(Math.round((value - whole) * 1e6))
}

/** Math.max knows no bigints. */
export function later(a: bigint, b: bigint): bigint {
  if (a > b) return a
  return b
}

export const NS_PER_MS = 1_000_000n
