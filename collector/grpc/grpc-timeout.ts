const MS_OF_UNIT: Readonly<Record<string, number>> = { H: 3_600_000, M: 60_000, S: 1000, m: 1, u: 1e-3, n: 1e-6 }

/** A `grpc-timeout` header in milliseconds, with fractions; Infinity without one, null if it is malformed. */
export function timeoutMsOf(header: string | undefined): number | null {
  if (header === undefined) return Number.POSITIVE_INFINITY
  const match = /^(\d{1,8})([HMSmun])$/.exec(header)
  return match ? Number(match[1]) * MS_OF_UNIT[match[2]!]! : null
}
