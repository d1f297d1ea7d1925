// Printable ASCII that is written as an escape of JSON: `sk\u002dproj-`, `pass\u0077ord`, and Go's `?a=b\u0026token=x`.

/** What the scan finds them by. */
export const ESCAPE = Buffer.from('\\u0')

/** `\u0020` to `\u007e`, but for the quote and the backslash, which are JSON's own; at any depth of strings in strings. */
const ASCII_ESCAPE = /(?<!\\)\\+u00(2[013-9a-f]|[346][0-9a-f]|5[0-9abd-f]|7[0-9a-e])/gi

/** Whether such an escape may begin with the backslash at `at`. */
export const isAsciiEscape = (bytes: Uint8Array, at: number, end: number): boolean =>
  at + 6 <= end &&
  bytes[at] === 0x5c &&
  bytes[at + 1] === 0x75 &&
  bytes[at + 2] === 0x30 &&
  bytes[at + 3] === 0x30 &&
  bytes[at + 4]! >= 0x32 &&
  bytes[at + 4]! <= 0x37

/**
 * The text `bytes[start, end)` with these escapes undone, in linear time. Text inside JSON stays valid there: all backslashes
 * before an escape go with it.
 */
export function withoutAsciiEscapes(bytes: Uint8Array, start: number, end: number): Uint8Array {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1')
  const plain = text.replace(ASCII_ESCAPE, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))
  return Buffer.from(plain, 'latin1')
}
