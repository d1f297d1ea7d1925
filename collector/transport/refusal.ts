/** Why a message was not taken before it could be decoded. Each transport has its own answer for each kind. */
export interface Refusal {
  readonly kind: /** Not what it says it is; sending it again cannot help. */
    | 'malformed'
    /** Larger than the limit, as sent or decompressed. */
    | 'too-large'
    /** Too much is in memory; the sender may try again. */
    | 'busy'
    /** The sender stopped sending, or nearly. */
    | 'too-slow'
    /** The sender went away in the middle: nobody reads the answer. */
    | 'gone'
  /** A sentence for the sender. */
  readonly message: string
}

export const malformed = (message: string): Refusal => ({ kind: 'malformed', message })

export const tooLarge = (limit: number): Refusal => ({
  kind: 'too-large',
  message: `the request is larger than ${sizeOf(limit)}, send smaller batches`,
})

export const BUSY: Refusal = { kind: 'busy', message: 'too many requests are being received, try again' }

export const GONE: Refusal = { kind: 'gone', message: 'the request ended before its body did' }

/** How long a sender that was told to try again should wait, in milliseconds. */
export const RETRY_AFTER_MS = 1000

const sizeOf = (bytes: number): string =>
  bytes % 2 ** 20 === 0 ? `${bytes / 2 ** 20} MiB` : `${bytes.toLocaleString('en')} bytes`
