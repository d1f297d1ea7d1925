// Takes secrets out of text before it is stored. Works on UTF-8 slices of the request as received: clean text, which is
// nearly all of it, is looked through without a JavaScript string.

import { randomBytes } from 'node:crypto'
import { isAsciiEscape, withoutAsciiEscapes } from './ascii-escapes.ts'
import { addEmail, addUrlPassword } from './at-signs.ts'
import { BEARER, bearerToken } from './bearer-tokens.ts'
import { hasWord } from './characters.ts'
import { addCurlPassword, CURL } from './curl-passwords.ts'
import { createEdits } from './edits.ts'
import { endOfJwt } from './json-web-tokens.ts'
import { createKeyShapes, isKeyStart, type KeyShape } from './key-shapes.ts'
import { createMarker } from './marker.ts'
import { addNamedValue } from './named-values.ts'
import { createPlaces } from './places.ts'
import { endOfSecretName, secretNames } from './secret-names.ts'
import { isPlaceholder, secretPart } from './secret-part.ts'
import { ALWAYS } from './sieve.ts'
import { createWantedTable } from './wanted.ts'

export interface RedactorOptions {
  /** E-mail addresses too. Off unless asked: agents look people up by address, and dependencies rest on such values. */
  readonly email?: boolean
  /** More names whose values are secrets, such as `customer_ref`; matched as whole words at the end of a name. */
  readonly names?: readonly string[]
  /** More shapes of keys, found by how they begin. */
  readonly shapes?: readonly KeyShape[]
  /**
   * Key of the digests, 16 bytes or more; random unless given. Workers of one process are given the same, so that a
   * secret has one digest in all of them. It is never in the database: with it, short passwords could be guessed.
   */
  readonly digestKey?: Uint8Array
}

export interface Redactor {
  /**
   * Says that the bytes are new. Only needed for an array that was written to after it was given to the methods below;
   * an array that they have not seen last is taken as new. The last one is held until then: `begin(new Uint8Array())`.
   */
  begin(bytes: Uint8Array): void
  /** Whether the attribute name `bytes[start, end)` says that its value is a secret, such as `db.password`. */
  isSecretName(bytes: Uint8Array, start: number, end: number): boolean
  /**
   * Looks through the text `bytes[start, end)` (UTF-8; plain or as escaped in JSON at any depth) and returns it without
   * its secrets, or null if it holds none. With `secret`, from a name that says so, all of the text is one secret.
   * Linear in the length of the text. Fast if `bytes` is a whole request and calls go through it from front to back.
   */
  redact(bytes: Uint8Array, start: number, end: number, secret: boolean): Uint8Array | null
}

/** Makes a redactor. It keeps scratch space: one for each thread. Throws a sentence for a name or shape of no use. */
export function createRedactor(options: RedactorOptions = {}): Redactor {
  const digestKey = options.digestKey ?? randomBytes(32)
  // Text with its escapes undone is looked through apart: the scan of the request stays where it is.
  let apart: Finder | undefined
  return createFinder(options, digestKey, () => {
    apart ??= createFinder(options, digestKey, null)
    return apart
  })
}

interface Finder extends Redactor {
  /** Secrets in the text that `redact` was given last. */
  readonly found: number
}

const EMPTY = new Uint8Array(0)

/** `getApart` gives the finder for text whose escapes are undone; null in that one itself. */
function createFinder(options: RedactorOptions, digestKey: Uint8Array, getApart: (() => Finder) | null): Finder {
  const shapes = createKeyShapes(options.shapes ?? [])
  const wanted = createWantedTable(secretNames(options.names ?? []), shapes.prefixes)
  const places = createPlaces(wanted.sieve)
  const marker = createMarker(digestKey)
  const edits = createEdits()
  const email = options.email ?? false

  // The text that is being looked through, and up to where names, keys and @ are done with.
  let bytes: Uint8Array = EMPTY
  let start = 0
  let end = 0
  let namesDone = 0
  let keysDone = 0
  let lastKeyAt = -1
  let jwtsDone = 0
  let atsDone = 0
  let curlsDone = 0
  let isName = false
  let hasEscapes = false

  function visitName(place: number): void {
    for (const item of wanted.at(bytes, place)) {
      if (item.kind === 'escape') noteEscape(place - item.offset)
      if (item.kind !== 'name') continue
      if (endOfSecretName(item.name, bytes, start, place - item.offset, end) === end) isName = true
    }
  }

  function visitText(place: number): void {
    if (bytes[place] === ALWAYS) {
      atsDone = addUrlPassword(bytes, Math.max(start, atsDone), place, end, edits)
      if (email) addEmail(bytes, start, place, end, edits)
      return
    }
    for (const item of wanted.at(bytes, place)) {
      const at = place - item.offset
      if (at < start) continue
      if (item.kind === 'key') addKey(at)
      else if (item.kind === 'jwt') addJwt(at)
      else if (item.kind === 'bearer') addBearer(at)
      else if (item.kind === 'escape') noteEscape(at)
      else if (item.kind === 'curl') addCurl(at)
      else if (at >= namesDone) {
        const to = endOfSecretName(item.name, bytes, start, at, end)
        if (to >= 0) namesDone = addNamedValue(bytes, start, end, at, to, item.name.word, edits)
      }
    }
  }

  function noteEscape(at: number): void {
    hasEscapes ||= isAsciiEscape(bytes, at, end)
  }

  function addKey(at: number): void {
    // Several prefixes of one key are found at one place: `sk-`, `sk-ant-`.
    if (at < keysDone || at === lastKeyAt || !isKeyStart(bytes, start, at)) return
    lastKeyAt = at
    const key = shapes.keyAt(bytes, at, end)
    if (!key) return
    edits.add(at, key.end, key.kind, '')
    keysDone = key.end
  }

  function addJwt(at: number): void {
    if (at < keysDone || at < jwtsDone || !isKeyStart(bytes, start, at)) return
    const to = endOfJwt(bytes, at, end)
    jwtsDone = Math.abs(to)
    if (to > 0) edits.add(at, to, 'jwt', '')
  }

  function addBearer(at: number): void {
    if (at < keysDone || !hasWord(bytes, at, end, BEARER)) return
    const token = bearerToken(bytes, at + BEARER.length, end)
    if (!token) return
    edits.add(token.start, token.end, 'secret', '')
    keysDone = token.end
  }

  function addCurl(at: number): void {
    if (at < curlsDone || !hasWord(bytes, at, end, CURL)) return
    curlsDone = addCurlPassword(bytes, at + CURL.length, end, edits)
  }

  function set(source: Uint8Array, from: number, to: number): void {
    bytes = source
    start = from
    end = to
    namesDone = from
    keysDone = from
    lastKeyAt = -1
    jwtsDone = from
    atsDone = from
    curlsDone = from
    hasEscapes = false
  }

  function redact(source: Uint8Array, from: number, to: number, secret: boolean): Uint8Array | null {
    edits.clear()
    set(source, from, to)
    if (secret) addWhole()
    else places.each(source, from, to, visitText)
    const redacted = edits.count === 0 ? null : edits.apply(bytes, start, end, markerOf)
    return (hasEscapes && redactUnescaped(edits.count)) || redacted
  }

  /** The text with its escapes undone, if more than `known` secrets are found in it then. */
  function redactUnescaped(known: number): Uint8Array | null {
    if (getApart === null) return null
    const finder = getApart()
    const plain = withoutAsciiEscapes(bytes, start, end)
    const redacted = finder.redact(plain, 0, plain.length, false)
    finder.begin(EMPTY)
    return finder.found > known ? redacted : null
  }

  function addWhole(): void {
    const from = secretPart(bytes, start, end)
    if (!isPlaceholder(bytes, from, end)) edits.add(from, end, 'secret', '')
  }

  /** A secret is told by its name in one place and by its shape in another: its shape decides, so that both are alike. */
  function markerOf(from: number, to: number, kind: string): string {
    return marker(kind === 'secret' ? shapes.kindOf(bytes, from, to) : kind, bytes, from, to)
  }

  function isSecretName(source: Uint8Array, from: number, to: number): boolean {
    set(source, from, to)
    isName = false
    places.each(source, from, to, visitName)
    if (isName || !hasEscapes || getApart === null) return isName
    const name = withoutAsciiEscapes(source, from, to)
    return getApart().isSecretName(name, 0, name.length)
  }

  function begin(source: Uint8Array): void {
    set(source, 0, 0)
    places.begin(source)
  }

  return {
    begin,
    isSecretName,
    redact,
    get found() {
      return edits.count
    },
  }
}
