// Bits of calls, 32 to a word: bit i is bit `i & 31` of word `i >> 5`. Stretches are [first, end).

/** A triangle: row j has one bit for each i < j. n = 5,000 takes 1.6 MB. */
export interface BitRows {
  readonly words: Uint32Array
  /** Where row j begins in `words`; it is `wordsIn(j)` long. */
  readonly rowStart: Int32Array
}

export const wordsIn = (count: number): number => (count + 31) >>> 5

export function bitRows(count: number): BitRows {
  const rowStart = new Int32Array(count + 1)
  for (let j = 0; j < count; j++) rowStart[j + 1] = rowStart[j]! + wordsIn(j)
  return { words: new Uint32Array(rowStart[count]!), rowStart }
}

export const hasBit = ({ words, rowStart }: BitRows, i: number, j: number): boolean =>
  ((words[rowStart[j]! + (i >>> 5)]! >>> (i & 31)) & 1) === 1

/** A set of calls. What changes it returns it. */
export interface BitSet {
  readonly words: Uint32Array
  has(i: number): boolean
  put(i: number): BitSet
  /** Empties the words that a stretch touches. */
  clear(first: number, end: number): BitSet
  addAll(first: number, end: number): BitSet
  add(other: BitSet, first: number, end: number): BitSet
  addRow(rows: BitRows, j: number, first: number, end: number): BitSet
  /** The last call of a stretch that is not in the set, -1 for none. */
  lastWithout(first: number, end: number): number
  /** The calls of a stretch, ascending. */
  list(first: number, end: number): number[]
}

export function bitSetOf(count: number, holds: (at: number) => boolean): BitSet {
  const words = new Uint32Array(wordsIn(count))
  const set: BitSet = {
    words,
    has: (i) => ((words[i >>> 5]! >>> (i & 31)) & 1) === 1,
    put(i) {
      words[i >>> 5] = words[i >>> 5]! | (1 << (i & 31))
      return set
    },
    clear(first, end) {
      words.fill(0, first >>> 5, wordsIn(end))
      return set
    },
    addAll(first, end) {
      for (let word = first >>> 5; word << 5 < end; word++) words[word] = words[word]! | stretch(word, first, end)
      return set
    },
    add(other, first, end) {
      for (let word = first >>> 5; word << 5 < end; word++) {
        words[word] = words[word]! | (other.words[word]! & stretch(word, first, end))
      }
      return set
    },
    addRow(rows, j, first, end) {
      const row = rows.rowStart[j]!
      for (let word = first >>> 5; word << 5 < end; word++) {
        words[word] = words[word]! | (rows.words[row + word]! & stretch(word, first, end))
      }
      return set
    },
    lastWithout(first, end) {
      for (let word = (end - 1) >>> 5; word >= first >>> 5 && end > first; word--) {
        const missing = ~words[word]! & stretch(word, first, end)
        if (missing !== 0) return (word << 5) + 31 - Math.clz32(missing)
      }
      return -1
    },
    list(first, end) {
      let size = 0
      for (let word = first >>> 5; word << 5 < end; word++) size += ones(words[word]! & stretch(word, first, end))
      // As long as it gets from the start: lists that grow are copied again and again.
      const found = new Array<number>(size)
      let at = 0
      for (let word = first >>> 5; at < size; word++) {
        for (let bits = words[word]! & stretch(word, first, end); bits !== 0; bits &= bits - 1) {
          found[at++] = (word << 5) + 31 - Math.clz32(bits & -bits)
        }
      }
      return found
    },
  }
  for (let at = 0; at < count; at++) if (holds(at)) set.put(at)
  return set
}

/** How many bits are set. */
export function ones(bits: number): number {
  let found = 0
  for (let left = bits; left !== 0; left &= left - 1) found++
  return found
}

/** The bits of a word that are in [first, end). */
function stretch(word: number, first: number, end: number): number {
  const from = word === first >>> 5 ? -1 << (first & 31) : -1
  const over = (word + 1) * 32 - end
  return over > 0 ? from & (-1 >>> over) : from
}
