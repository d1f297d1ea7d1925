// The scan itself: in WebAssembly, sixteen bytes at a time. Measured on a 2-core virtual machine: a loop in JavaScript over
// the same bytes, doing nothing with them, takes about ten times as long, which would be a third of the whole ingest.

import { SCAN_MODULE } from './scan-module.ts'
import { reports, type Sieve } from './sieve.ts'

/** Bytes that one scan takes. */
export const WINDOW = 256 * 1024

/** Where text and places lie in the module's memory; `scan.wat` says where the tables do. */
const TEXT = 64 * 1024
const PLACES = TEXT + WINDOW + 64
const TABLE_OF_SEQUENCES = 1024

/** Bytes after the text that the module may read. They must not hold what was there before. */
const PADDING = 32

export interface Scanner {
  /**
   * Scans `bytes[from, to)`, at most WINDOW long; a place near `to` is judged with the bytes after it. Gives the number of
   * places found; `places` holds them, counted from `from`, in rising order.
   */
  scan(bytes: Uint8Array, from: number, to: number): number
  readonly places: Int32Array
}

interface ScanExports {
  readonly memory: { readonly buffer: ArrayBuffer }
  scan(from: number, to: number, out: number): number
}

/** The part of WebAssembly that is used; TypeScript's own declaration comes with the DOM only. */
interface Engine {
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (module: object) => { readonly exports: object }
}

const engine = (globalThis as { WebAssembly?: Engine }).WebAssembly

/** Makes a scanner. Where WebAssembly is switched off (`node --jitless`), it is the plain loop. */
export function createScanner(sieve: Sieve): Scanner {
  return engine ? createFastScanner(sieve, engine) : createPlainScanner(sieve)
}

function createFastScanner(sieve: Sieve, { Module, Instance }: Engine): Scanner {
  const { memory, scan } = new Instance(new Module(Buffer.from(SCAN_MODULE, 'base64'))).exports as ScanExports
  const bytes = new Uint8Array(memory.buffer)
  sieve.nibbles.forEach((table, i) => {
    bytes.set(table, 16 * i)
  })
  bytes.set(sieve.sequences, TABLE_OF_SEQUENCES)
  const places = new Int32Array(memory.buffer, PLACES, WINDOW)
  return {
    places,
    scan(source, from, to) {
      const length = to - from
      const readable = Math.min(source.length - from, length + PADDING)
      bytes.set(source.subarray(from, from + readable), TEXT)
      bytes.fill(0, TEXT + readable, TEXT + length + PADDING)
      const count = (scan(TEXT, TEXT + length, PLACES) - PLACES) / 4
      for (let i = 0; i < count; i++) places[i]! -= TEXT
      return count
    },
  }
}

/** The same without WebAssembly; tests hold the two against each other. */
export function createPlainScanner(sieve: Sieve): Scanner {
  const places = new Int32Array(WINDOW)
  return {
    places,
    scan(bytes, from, to) {
      let count = 0
      for (let i = from; i < to; i++) {
        if (reports(sieve, bytes[i]!, bytes[i + 1] ?? 0, bytes[i + 2] ?? 0)) places[count++] = i - from
      }
      return count
    },
  }
}
