// What a format of files is, to the code in front of all of them.

import type { Span } from '../../analyzer/model/span.ts'
import type { Encoding } from '../otlp/encoding.ts'

/** What the file is about, in a sentence for the user: no bug of ours. */
export class UnreadableFile extends Error {}

/** A piece of a file: bytes that are OTLP already, or spans made of something else. */
export type Imported =
  | {
      readonly kind: 'request'
      readonly signal: 'traces' | 'logs'
      readonly encoding: Encoding
      /** One whole Export request. */
      readonly body: Uint8Array
      /** Goes before what is wrong with it, such as `line 3: `. */
      readonly place: string
    }
  | {
      readonly kind: 'spans'
      readonly spans: readonly Span[]
      /** Spans of something that may go on: read again later, they may have become longer. */
      readonly mayGrow: boolean
    }

/** One JSON value out of a file. */
export interface JsonItem {
  /** Where it stood: `$` is the document or line, `.key` a field, `.*` an element of an array. */
  readonly path: string
  /** The value as it stands in the file. */
  readonly bytes: Uint8Array
  /** Of its first character, from 1. */
  readonly line: number
}

/** Reads the items of one file, in their order. Both throw UnreadableFile. */
export interface ItemReader {
  read(item: JsonItem): readonly Imported[]
  /** Called once, after the last item. */
  end(): readonly Imported[]
}

/** What the beginning of a file looks like. */
export interface Sketch {
  /** Paths of keys and elements that occur, such as `$.data.*.traceID`, down to four levels. */
  readonly paths: ReadonlySet<string>
  /** The texts at `$.type`, which the lines of transcripts are told apart by. */
  readonly types: ReadonlySet<string>
}

export interface ImportFormat {
  /** For people, e.g. `Jaeger JSON`. */
  readonly name: string
  /** The keys that make it this format, for the message that says what was tried. */
  readonly looksLike: string
  recognises(sketch: Sketch): boolean
  /** Paths of the values that the reader is given, one at a time. */
  items(sketch: Sketch): readonly string[]
  createReader(): ItemReader
}
