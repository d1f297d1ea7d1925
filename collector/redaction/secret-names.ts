// Names of secrets: `password`, `db.password`, `apiKey`, `X-Api-Key`, `client_secret`, `session_token`; not `input_tokens`,
// `token_count`, `next_page_token`. A name is a secret's if its last words say so.

import { hasWord, isAlphanumeric, isDigit, isLetter, isLower, isUpper } from './characters.ts'

/** What decides how a value after the name is read. */
export type NameWord = 'token' | 'pass' | 'vendor-key' | 'authorization' | 'cookie' | 'private-key' | 'other'

export interface SecretName {
  /** Lower-case ASCII. */
  readonly bytes: Uint8Array
  readonly word: NameWord
  /** May follow other letters at once: `dbpassword`. `tokenizertoken` would be a guess. */
  readonly glued: boolean
}

const GLUED = [
  'password',
  'passwd',
  'passphrase',
  'passcode',
  'apikey',
  'accesstoken',
  'authtoken',
  'clientsecret',
  'accountkey',
]
const WHOLE: readonly [string, NameWord][] = [
  ['secret', 'other'],
  ['token', 'token'],
  ['authorization', 'authorization'],
  ['cookie', 'cookie'],
  ['cookies', 'cookie'],
  ['secret_key_base', 'other'],
  ['pass', 'pass'],
  ['pwd', 'pass'],
  ['key', 'vendor-key'],
]
/** `key` alone may be anything; after one of these it is a secret. Not `access_key_id`: it is in the key shapes. */
const KEYS = ['api', 'secret', 'private', 'access', 'auth', 'encryption', 'signing', 'master', 'subscription']
const SEPARATORS = ['', '_', '-', '.', ' ']

/** Tokens that are places in a list, symbols of a model, or counts. */
const HARMLESS_TOKENS: ReadonlySet<string> = new Set(
  (
    'page next nextpage prev previous continuation continue sync cursor resume change start stop end bos eos pad unk ' +
    'mask sep cls special max min total input output prompt completion cached reasoning first last per idempotency ' +
    'cancellation design text image audio thinking num decoded logprob'
  ).split(' '),
)

/** Before `pass` and `pwd`, which alone are tests that pass and folders: `DB_PASS`, `smtpPwd`, `MYSQL_PWD`. */
const HAS_PASSWORD: ReadonlySet<string> = new Set(
  'db database mysql pg postgres mongo redis smtp imap mail email ftp sftp ssh user root admin ldap mqtt http proxy'.split(
    ' ',
  ),
)

/** Before `key`: `OPENAI_KEY`. One name for all of them, since `key` is in most texts, again and again. */
const VENDORS: ReadonlySet<string> = new Set('openai anthropic azure gemini mistral cohere groq stripe'.split(' '))

/** Words after the telling one that do not change what it is: `password_confirmation`, `authorization_header`. */
const SUFFIXES = ['confirmation', 'confirm', 'value', 'header', 'string'].map((word) => Buffer.from(word))

/** Fewer letters are in too many names. */
const MIN_NAME_LENGTH = 3

/** The names that are known, and `extra`, each matched as whole words at the end of a name. Throws a sentence. */
export function secretNames(extra: readonly string[]): SecretName[] {
  const names: SecretName[] = []
  const add = (text: string, word: NameWord, glued: boolean) => names.push({ bytes: Buffer.from(text), word, glued })
  for (const text of GLUED) add(text, 'other', true)
  for (const [text, word] of WHOLE) add(text, word, false)
  for (const key of KEYS) {
    for (const separator of SEPARATORS) {
      add(`${key}${separator}key`, key === 'private' && separator === ' ' ? 'private-key' : 'other', false)
    }
  }
  for (const name of extra) {
    const words = wordsOf(name)
    if (words.join('').length < MIN_NAME_LENGTH) {
      throw new Error(`'${name}' is too short a name to redact: give ${MIN_NAME_LENGTH} letters or digits or more`)
    }
    for (const separator of words.length === 1 ? [''] : SEPARATORS) add(words.join(separator), 'other', false)
  }
  return names
}

const wordsOf = (name: string): string[] =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')

/** Where the name ends whose telling words `name` stand at `at`, in the text `bytes[start, end)`; -1 if it is none. */
export function endOfSecretName(name: SecretName, bytes: Uint8Array, start: number, at: number, end: number): number {
  if (name.word === 'vendor-key' && !mayFollowVendor(bytes, at)) return -1
  if (at < start || !hasWord(bytes, at, end, name.bytes)) return -1
  if (!name.glued && !isWordStart(bytes, start, at, end)) return -1
  const to = skipSuffixes(bytes, at + name.bytes.length, end)
  if (to < 0) return -1
  if (name.word === 'token') return HARMLESS_TOKENS.has(wordBefore(bytes, start, at)) ? -1 : to
  if (name.word === 'vendor-key') return VENDORS.has(wordBefore(bytes, start, at)) ? to : -1
  if (name.word === 'pass')
    return HAS_PASSWORD.has(wordBefore(bytes, start, at)) || isOfServer(bytes, start, at) ? to : -1
  return to
}

/** Most keys are `"key"`: they are done with at one look at the letter before them. */
const mayFollowVendor = (bytes: Uint8Array, at: number): boolean =>
  isVendorsEnd(bytes[at - 1]) || (isSeparator(bytes[at - 1]) && isVendorsEnd(bytes[at - 2]))

/** The last letters of VENDORS: c, e, i, l, q. */
const isVendorsEnd = (byte: number | undefined): boolean =>
  isLetter(byte) && ((1 << (byte! & 31)) & ((1 << 3) | (1 << 5) | (1 << 9) | (1 << 12) | (1 << 17))) !== 0

/** `;Pwd=x` of a connection string. */
const isOfServer = (bytes: Uint8Array, start: number, at: number): boolean => at > start && bytes[at - 1] === 0x3b

/** A word begins after anything but a letter or digit, and at a capital: `myToken`, `GITHUBToken`. */
function isWordStart(bytes: Uint8Array, start: number, at: number, end: number): boolean {
  if (at === start) return true
  const before = bytes[at - 1]
  if (!isAlphanumeric(before)) return true
  if (isUpper(bytes[at])) return !isUpper(before) || (at + 1 < end && isLower(bytes[at + 1]))
  return isEscape(bytes, start, at)
}

/** `\ntoken`: the letter before the word belongs to an escape. */
const isEscape = (bytes: Uint8Array, start: number, at: number): boolean =>
  at - 2 >= start && bytes[at - 2] === 0x5c && /[nrt]/.test(String.fromCharCode(bytes[at - 1]!))

/** The end of a name after its telling word: `password2`, `password_confirmation`, `set-cookie.0`; -1 for `tokens`. */
function skipSuffixes(bytes: Uint8Array, from: number, end: number): number {
  let at = from
  while (at < end) {
    const separated = isSeparator(bytes[at])
    const next = separated ? at + 1 : at
    if (next < end && isDigit(bytes[next])) at = next + 1
    else if (next < end && isLetter(bytes[next]) && (separated || isUpper(bytes[next]))) {
      const suffix = SUFFIXES.find((word) => hasWord(bytes, next, end, word))
      if (!suffix) return -1
      at = next + suffix.length
    } else return isLetter(bytes[at]) ? -1 : at
  }
  return at
}

/** `page` of `nextPageToken` and of `page_token`, in lower case. */
function wordBefore(bytes: Uint8Array, start: number, at: number): string {
  let end = at
  if (end > start && (isSeparator(bytes[end - 1]) || bytes[end - 1] === 0x20)) end--
  let from = end
  while (from > start && end - from < 16 && isLower(bytes[from - 1])) from--
  if (from > start && isUpper(bytes[from - 1])) {
    from--
    if (end - from === 1) while (from > start && end - from < 16 && isUpper(bytes[from - 1])) from--
  }
  return String.fromCharCode(...bytes.subarray(from, end)).toLowerCase()
}

/** _ - and . */
const isSeparator = (byte: number | undefined): boolean => byte === 0x5f || byte === 0x2d || byte === 0x2e
