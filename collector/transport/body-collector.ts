import type { Lease } from './byte-budget.ts'
import { BUSY, type Refusal, tooLarge } from './refusal.ts'
import { release } from './release.ts'

/** What is allocated for a body before more of it has come: an announced length is only a claim. */
const FIRST_BYTES = 1024 * 1024
const LEAST_BYTES = 4 * 1024

/**
 * One body, copied chunk by chunk into one growing buffer. A list of chunks would let a sender who splits a message into
 * single bytes take a hundred times its size (CVE-2026-84304 in another server).
 */
export class BodyCollector {
  readonly #limit: number
  readonly #lease: Lease
  readonly #expected: number
  #buffer: Uint8Array<ArrayBuffer>
  #length = 0

  /** `expected` is the announced length, a hint; 0 if unknown. */
  constructor(limit: number, lease: Lease, expected = 0) {
    this.#limit = limit
    this.#lease = lease
    this.#expected = Math.min(expected, limit)
    this.#buffer = new Uint8Array(0)
  }

  get length(): number {
    return this.#length
  }

  /** Takes a chunk; tells why not if it does not fit, and then holds nothing any more. */
  push(chunk: Uint8Array): Refusal | null {
    const length = this.#length + chunk.length
    if (length > this.#limit) return this.#refuse(tooLarge(this.#limit))
    if (!this.#lease.grow(chunk.length)) return this.#refuse(BUSY)
    if (length > this.#buffer.length) this.#grow(length)
    this.#buffer.set(chunk, this.#length)
    this.#length = length
    return null
  }

  /** The body, in a buffer that nobody else holds: the collector is empty from then on. */
  take(): Uint8Array<ArrayBuffer> {
    const body = this.#buffer.subarray(0, this.#length)
    this.#buffer = new Uint8Array(0)
    this.#length = 0
    return body
  }

  /** Frees the memory of a body that will not be taken. */
  drop(): void {
    if (this.#buffer.length > 0) release([this.#buffer.buffer])
    this.#buffer = new Uint8Array(0)
  }

  #refuse(refusal: Refusal): Refusal {
    this.drop()
    return refusal
  }

  #grow(atLeast: number): void {
    // A body whose first sixteenth has come is believed to come whole, which saves copying it: the rest of its buffer takes
    // no memory until it is written to.
    const announced = this.#length === 0 ? FIRST_BYTES : 16 * this.#buffer.length
    const doubled = Math.min(this.#limit, Math.max(LEAST_BYTES, 2 * this.#buffer.length))
    const wanted = this.#expected > this.#buffer.length ? Math.min(this.#expected, announced) : doubled
    // Not from Node's pool: the buffer is handed to another thread whole.
    const grown = new Uint8Array(Math.max(atLeast, wanted))
    grown.set(this.#buffer.subarray(0, this.#length))
    this.drop()
    this.#buffer = grown
  }
}
