// What the scan looks for: three bytes out of each thing that is wanted, and the tables that find them. Letters match in
// both cases. Whatever the scan reports is looked at again byte by byte, so it may report too much, never too little.
//
// The first pass takes sixteen bytes at a time (as Hyperscan's Teddy does): each of three bytes in a row is looked up by its
// low and by its high four bits, and what is left of eight bits after these six lookups are groups of sequences that may
// stand there. The second is a table of 32,768 hashes of three bytes.

export interface Sieve {
  /** Six tables of 16: by the low and by the high bits of the first, the second and the third byte. */
  readonly nibbles: readonly Uint8Array[]
  /** By hash: 1 if it is one of the sequences'. */
  readonly sequences: Uint8Array
}

/** Every place of this byte is reported: it tells of passwords in URLs and of addresses. */
export const ALWAYS = 0x40

/** Capitals and small letters become alike, and digits, `_` and `-` stay apart from them. */
const fold = (byte: number): number => byte | 0x20

export const hashOf = (first: number, second: number, third: number): number =>
  ((first & 31) << 10) | ((second & 31) << 5) | (third & 31)

/** Letters as often as they come in English, the rarest last. */
const FREQUENT = ' etaoinsrhldcumfpgwybvkxjqz'

/** About how often a byte comes in what agents say, as a share; letters of both cases count as one. */
export function frequency(byte: number): number {
  const rank = FREQUENT.indexOf(String.fromCharCode(byte).toLowerCase())
  // Digits and marks are about as frequent as the middle of the alphabet.
  return 0.12 * Math.exp(-(rank < 0 ? 14 : rank) / 7)
}

/** Makes the tables for sequences of three ASCII bytes. */
export function createSieve(wanted: readonly Uint8Array[]): Sieve {
  const sequences = new Uint8Array(32768)
  for (const [first, second, third] of wanted) sequences[hashOf(first!, second!, third!)] = 1
  const nibbles: Uint8Array[] = Array.from({ length: 6 }, () => new Uint8Array(16))
  for (const sequence of rarestFirst(wanted)) {
    let best = 1
    let bestCost = Number.POSITIVE_INFINITY
    for (let group = 1; group < 256; group <<= 1) {
      const cost = share(withSequence(nibbles, sequence, group), group) - share(nibbles, group)
      if (cost < bestCost) {
        best = group
        bestCost = cost
      }
    }
    withSequence(nibbles, sequence, best).forEach((table, i) => {
      nibbles[i] = table
    })
  }
  return { nibbles, sequences }
}

const rarestFirst = (wanted: readonly Uint8Array[]): Uint8Array[] => {
  const rate = (sequence: Uint8Array) => sequence.reduce((product, byte) => product * frequency(byte), 1)
  return wanted.toSorted((a, b) => rate(a) - rate(b))
}

function withSequence(nibbles: readonly Uint8Array[], sequence: Uint8Array, group: number): Uint8Array[] {
  const out = nibbles.map((table) => table.slice())
  for (let i = 0; i < 3; i++) {
    const byte = fold(sequence[i]!)
    out[2 * i]![byte & 15]! |= group
    out[2 * i + 1]![byte >> 4]! |= group
  }
  return out
}

/** The share of places that `group` lets through: of all low bits it takes with all high bits it takes, in three places. */
function share(nibbles: readonly Uint8Array[], group: number): number {
  let product = 1
  for (let i = 0; i < 6; i += 2) {
    let sum = 0
    for (let byte = 0x20; byte < 0x80; byte++) {
      if (fold(byte) === byte && nibbles[i]![byte & 15]! & nibbles[i + 1]![byte >> 4]! & group) sum += frequency(byte)
    }
    product *= sum
  }
  return product
}

/** Whether the scan reports a place with these three bytes: what `scan.wat` does, in plain words. */
export function reports({ nibbles, sequences }: Sieve, first: number, second: number, third: number): boolean {
  if (first === ALWAYS) return true
  const groups = (byte: number, i: number) => nibbles[2 * i]![fold(byte) & 15]! & nibbles[2 * i + 1]![fold(byte) >> 4]!
  const left = groups(first, 0) & groups(second, 1) & groups(third, 2)
  return left !== 0 && sequences[hashOf(first, second, third)] === 1
}
