// The key of the digests, in a file of its own beside the database: it outlives a restart, and who is given a copy of the
// database cannot try guesses against the digests in it.

import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'

const KEY_BYTES = 32

/** Of a database file. */
export const keyFileOf = (databaseFile: string): string => `${databaseFile}-redaction-key`

/**
 * The key for a database file, made on first use and readable by its owner only. What is there and is no key, such as what
 * a crash in the middle of the first write leaves, is written anew. Throws the system's error.
 */
export function digestKeyFor(databaseFile: string): Uint8Array {
  const file = keyFileOf(databaseFile)
  const known = read(file)
  if (known?.length === KEY_BYTES) return known
  const key = randomBytes(KEY_BYTES)
  try {
    writeFileSync(file, key, { mode: 0o600, flag: known === null ? 'wx' : 'w', flush: true })
  } catch (error) {
    // Another process that starts on the same file was first.
    const theirs = (error as NodeJS.ErrnoException).code === 'EEXIST' ? read(file) : null
    if (theirs?.length !== KEY_BYTES) throw error
    return theirs
  }
  return key
}

function read(file: string): Uint8Array | null {
  try {
    return readFileSync(file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
