import { NUMBER, TokenReader } from './tokens.ts'

/** Calls `onToken` for each word and number of a text, folded and in small letters. For texts that are not worth more. */
export function scanTokens(text: string, onToken: (word: string, number: number) => void): void {
  const reader = takeReader()
  reader.open(text)
  for (let count = reader.read(); count > 0; count = reader.read()) {
    for (let i = 0; i < count; i++) {
      const number = ((reader.flags[i] as number) & NUMBER) === 0 ? Number.NaN : (reader.numbers[i] as number)
      onToken(reader.word(reader.starts[i] as number, reader.ends[i] as number), number)
    }
  }
  returnReader(reader)
}

/** A reader that nobody is using: its buffers are worth keeping, if they are not larger than this. UTF-16 code units. Chosen. */
let spare: TokenReader | null = null
const MOST_SPARE = 1 << 20

/** A reader for a while, to be given back by `returnReader`: to make one takes as long as to read a page. */
export function takeReader(): TokenReader {
  const reader = spare ?? new TokenReader()
  spare = null
  return reader
}

export function returnReader(reader: TokenReader): void {
  reader.close()
  if (reader.room <= MOST_SPARE) spare = reader
}
