// Inside the decoders bad data is thrown, so that a span four lists deep needs no Result at each level.
// It never leaves this folder: the decoders' callers get a Result.

import { err, ok, type Result } from '../../analyzer/base/result.ts'

/** The sender's fault, in words for the sender. Not a bug of ours. */
export class BadData extends Error {}

/** How deep values may nest inside one attribute. Real ones stay under 20; the cap keeps recursion shallow. */
export const MAX_NESTING = 64

/** The end of a request of more spans, or of more resources, than anyone sends. */
export function tooManyRows(): never {
  throw new BadData(
    'the request holds more spans, log records or resources than can be taken at once, send smaller batches',
  )
}

/** Runs `decode`, turning what it throws as bad data into an error sentence. Our own bugs pass through. */
export function catchBadData<T>(decode: () => T): Result<T> {
  try {
    return ok(decode())
  } catch (error) {
    if (error instanceof BadData) return err(error.message)
    throw error
  }
}

/** Maps a list; what is bad about an item is told with the item's place, such as `spans[3]: `. */
export function mapItems<T, U>(items: readonly T[], name: string, read: (item: T) => U): U[] {
  const out: U[] = []
  for (let i = 0; i < items.length; i++) {
    try {
      out.push(read(items[i] as T))
    } catch (error) {
      if (error instanceof BadData) error.message = join(`${name}[${i}]`, error.message)
      throw error
    }
  }
  return out
}

/** `spans[3]` and `events[0]: no time` give `spans[3].events[0]: no time`. */
function join(place: string, message: string): string {
  return /^[a-zA-Z_]+\[\d+\]/.test(message) ? `${place}.${message}` : `${place}: ${message}`
}
