// Bytes of messages in memory: being received, being decompressed, and (through `elsewhere`) waiting to be stored.
// Invariant: their sum stays under the bound, except that a message alone is held back by its own limit only. So
// memory is bounded whatever arrives, and a bound smaller than one message cannot refuse that message for ever.

export interface Lease {
  /** Takes more bytes; false if there is no room, and then nothing was taken. */
  grow(bytes: number): boolean
  /** Gives all back; may be called again. */
  release(): void
}

export interface ByteBudget {
  open(): Lease
  /** Whether a message of this size could be taken now. Takes nothing: a size that is only announced costs no memory. */
  hasRoom(bytes: number): boolean
}

/** `elsewhere` tells the bytes that have left this budget and are still in memory. */
export function createByteBudget(maxBytes: number, elsewhere: () => number): ByteBudget {
  let held = 0
  const fits = (bytes: number, own: number): boolean => {
    const others = held - own + elsewhere()
    return others === 0 || others + own + bytes <= maxBytes
  }
  return {
    hasRoom: (bytes) => fits(bytes, 0),
    open() {
      let own = 0
      return {
        grow(bytes) {
          if (!fits(bytes, own)) return false
          own += bytes
          held += bytes
          return true
        },
        release() {
          held -= own
          own = 0
        },
      }
    },
  }
}
