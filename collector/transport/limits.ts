/** The specification's recommended limit. It holds before and after decompression. */
export const MAX_BODY_BYTES = 64 * 1024 * 1024

/**
 * Bytes of exports that may be in memory at a time, received, decompressed or waiting to be stored: some nine batches of the
 * largest usual size. One larger than this is taken when it is alone. Resident memory grows by about three times as
 * much, since what is let go is only given back at the next garbage collection: at 48 MiB, five minutes of overload
 * reached 306 MB; at 36 MiB, ten minutes reached 297 MB.
 */
export const MAX_BYTES_IN_FLIGHT = 30 * 1024 * 1024
