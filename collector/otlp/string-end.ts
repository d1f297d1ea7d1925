// Where long JSON strings end, found in WebAssembly sixteen bytes at a time: messages and results of agents are kilobytes
// of text, and a loop in JavaScript over them takes most of the time that reading JSON takes.

import { STRING_END_MODULE } from './string-end-module.ts'

/** Bytes that are copied into the module's memory at once: small enough to stay in a core's cache. */
const WINDOW = 256 * 1024

/** Where the window lies. There are more than 16 bytes after it too, which the module may read and does not judge by. */
const TEXT = 16

interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer }
  stringEnd(from: number, to: number): number
}

/** The part of WebAssembly that is used; TypeScript's own declaration comes with the DOM only. */
interface Engine {
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (module: object) => { readonly exports: object }
}

export interface StringEnds {
  /** Says that bytes may be new, also in an array that was seen last. */
  begin(): void
  /**
   * Given a place inside a string, the first place from there on that is the closing quote, a control character, the start
   * of an escape that is not one of the short ones, or the end of what could be seen: go on byte by byte from there.
   */
  find(bytes: Uint8Array, from: number): number
}

/** Null where WebAssembly is switched off (`node --jitless`). */
export function createStringEnds(): StringEnds | null {
  const engine = (globalThis as { WebAssembly?: Engine }).WebAssembly
  if (!engine) return null
  const { memory, stringEnd } = new engine.Instance(new engine.Module(Buffer.from(STRING_END_MODULE, 'base64')))
    .exports as Exports
  const window = new Uint8Array(memory.buffer, TEXT, WINDOW)
  let source: Uint8Array | null = null
  let start = 0
  let end = 0
  return {
    begin() {
      source = null
    },
    find(bytes, from) {
      if (source !== bytes || from < start || from >= end) {
        source = bytes
        start = from
        end = Math.min(bytes.length, from + WINDOW)
        window.set(bytes.subarray(start, end))
      }
      return stringEnd(from - start + TEXT, end - start + TEXT) - TEXT + start
    },
  }
}
