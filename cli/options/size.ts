import { err, ok, type Result } from '../../analyzer/base/result.ts'

const BYTES_PER_UNIT: Readonly<Record<string, number>> = {
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
  tib: 2 ** 40,
}

/**
 * Bytes of what a person writes: `500MB`, `1.5 GB`, `2GiB`. The unit is required: a limit that is wrong by a factor of a
 * thousand deletes what was to stay. The error is a sentence with examples.
 */
export function parseSize(text: string): Result<number> {
  const match = /^(\d+(?:\.\d+)?)\s*([kmgt]i?b)$/i.exec(text.trim())
  const bytes = match ? Math.round(Number(match[1]) * BYTES_PER_UNIT[match[2]!.toLowerCase()]!) : 0
  return bytes > 0 ? ok(bytes) : err('Write a size above 0 with its unit, such as 500MB, 2GB or 2GiB.')
}
