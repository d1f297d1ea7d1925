// One request as rows. A position below `body.length` points into `body`, one from there on into `extra`.

export interface RowBatch {
  readonly signal: 'traces' | 'logs'
  /** How bodies and ids are written: protobuf messages and bytes, or JSON objects and hex digits of either case. */
  readonly encoding: 'protobuf' | 'json'
  /** The request as received. */
  readonly body: Uint8Array
  /** What could not be kept as received: text with escapes undone, messages with their secrets taken out. */
  readonly extra: Uint8Array
  /** `count` rows of ROW_WIDTH numbers, in the order of the columns below. Longer than that at times. */
  readonly rows: Int32Array
  readonly count: number
  /** Resources and scopes, ORIGIN_WIDTH numbers each. */
  readonly origins: Int32Array
  /** Spans that no id could find again, and why. */
  readonly rejected: number
  readonly reason: string
}

export const ROW_WIDTH = 15

/** Columns of a row. Ids, names and bodies are positions, NONE for an id that is absent; times are two halves of 32 bits. */
export const TRACE_ID = 0
export const SPAN_ID = 1
/** Of spans only. */
export const PARENT_ID = 2
/** Of a span its name, of a log record its event name. */
export const NAME_START = 3
export const NAME_END = 4
/** Of a span its kind, of a log record its severity number. */
export const KIND = 5
/** Of spans only. */
export const STATUS_CODE = 6
/** Of a span its start and end, of a log record its time and the time it was observed. */
export const TIME_LOW = 7
export const TIME_HIGH = 8
export const END_LOW = 9
export const END_HIGH = 10
export const BODY_START = 11
export const BODY_END = 12
/** Places in `origins`. */
export const RESOURCE = 13
export const SCOPE = 14

export const ORIGIN_WIDTH = 4

/** Columns of an origin: the message and the schema URL that stands beside it. */
export const ORIGIN_START = 0
export const ORIGIN_END = 1
export const URL_START = 2
export const URL_END = 3

export const NONE = -1
