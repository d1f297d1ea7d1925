// The shapes of services' keys: how each begins, and what has to follow. A shape is a secret wherever it stands.

import { hasWord, isAlphanumeric, isDigit, isLetter, isToken } from './characters.ts'
import { endOfJwt } from './json-web-tokens.ts'
import { MARKER_START } from './marker.ts'

export interface KeyShape {
  /** Goes into the marker: lower-case letters, digits and dashes, at most 25. */
  readonly kind: string
  /** How the key begins, in this case of letters; at least 3 of A-Z a-z 0-9 _ - and a dot. */
  readonly prefix: string
  /** Letters, digits, _ and - that have to follow, at least 8. */
  readonly atLeast: number
  /** Exactly so many, and then none. */
  readonly exactly?: boolean
  /** What follows must begin with so many letters and digits, without _ or -, with one of each kind at least. */
  readonly solid?: number
}

/**
 * From the services' own documents and the rules of public secret scanners. `sk-` alone is also how classes in HTML
 * begin (`sk-toggleable__control-label`): it needs 20 letters and digits in a row, some of each.
 */
const KEY_SHAPES: readonly KeyShape[] = [
  { kind: 'anthropic-key', prefix: 'sk-ant-', atLeast: 20 },
  { kind: 'openai-key', prefix: 'sk-proj-', atLeast: 20 },
  { kind: 'openai-key', prefix: 'sk-svcacct-', atLeast: 20 },
  { kind: 'openai-key', prefix: 'sk-admin-', atLeast: 20 },
  { kind: 'openrouter-key', prefix: 'sk-or-v1-', atLeast: 20 },
  { kind: 'langfuse-key', prefix: 'sk-lf-', atLeast: 20 },
  { kind: 'openai-key', prefix: 'sk-', atLeast: 20, solid: 20 },
  { kind: 'stripe-key', prefix: 'sk_live_', atLeast: 16 },
  { kind: 'stripe-key', prefix: 'sk_test_', atLeast: 16 },
  { kind: 'stripe-key', prefix: 'rk_live_', atLeast: 16 },
  { kind: 'stripe-key', prefix: 'rk_test_', atLeast: 16 },
  { kind: 'stripe-key', prefix: 'whsec_', atLeast: 20 },
  { kind: 'github-token', prefix: 'ghp_', atLeast: 36, solid: 30 },
  { kind: 'github-token', prefix: 'gho_', atLeast: 36, solid: 30 },
  { kind: 'github-token', prefix: 'ghu_', atLeast: 36, solid: 30 },
  { kind: 'github-token', prefix: 'ghs_', atLeast: 36, solid: 30 },
  { kind: 'github-token', prefix: 'ghr_', atLeast: 36, solid: 30 },
  { kind: 'github-token', prefix: 'github_pat_', atLeast: 22 },
  { kind: 'gitlab-token', prefix: 'glpat-', atLeast: 20 },
  { kind: 'gitlab-token', prefix: 'gldt-', atLeast: 20 },
  { kind: 'gitlab-token', prefix: 'glrt-', atLeast: 20 },
  { kind: 'gitlab-token', prefix: 'glcbt-', atLeast: 20 },
  { kind: 'gitlab-token', prefix: 'glptt-', atLeast: 20 },
  { kind: 'slack-token', prefix: 'xoxb-', atLeast: 15 },
  { kind: 'slack-token', prefix: 'xoxp-', atLeast: 15 },
  { kind: 'slack-token', prefix: 'xoxa-', atLeast: 15 },
  { kind: 'slack-token', prefix: 'xoxr-', atLeast: 15 },
  { kind: 'slack-token', prefix: 'xoxs-', atLeast: 15 },
  { kind: 'slack-token', prefix: 'xoxe-', atLeast: 15 },
  { kind: 'slack-token', prefix: 'xoxc-', atLeast: 15 },
  { kind: 'slack-token', prefix: 'xoxd-', atLeast: 15 },
  { kind: 'slack-token', prefix: 'xapp-', atLeast: 15 },
  { kind: 'aws-key', prefix: 'AKIA', atLeast: 16, exactly: true },
  { kind: 'aws-key', prefix: 'ASIA', atLeast: 16, exactly: true },
  { kind: 'google-key', prefix: 'AIza', atLeast: 35 },
  { kind: 'google-secret', prefix: 'GOCSPX-', atLeast: 20 },
  { kind: 'google-token', prefix: 'ya29.', atLeast: 30 },
  { kind: 'google-token', prefix: 'ya29.c.', atLeast: 30 },
  { kind: 'hugging-face-token', prefix: 'hf_', atLeast: 30, solid: 30 },
  { kind: 'npm-token', prefix: 'npm_', atLeast: 36, solid: 36 },
  { kind: 'pypi-token', prefix: 'pypi-AgE', atLeast: 32 },
  { kind: 'groq-key', prefix: 'gsk_', atLeast: 40, solid: 30 },
  { kind: 'xai-key', prefix: 'xai-', atLeast: 40, solid: 30 },
  { kind: 'perplexity-key', prefix: 'pplx-', atLeast: 40, solid: 30 },
  { kind: 'tavily-key', prefix: 'tvly-', atLeast: 20 },
  { kind: 'replicate-token', prefix: 'r8_', atLeast: 36, solid: 30 },
  { kind: 'nvidia-key', prefix: 'nvapi-', atLeast: 40 },
  { kind: 'pinecone-key', prefix: 'pcsk_', atLeast: 40 },
  { kind: 'langsmith-key', prefix: 'lsv2_pt_', atLeast: 32, solid: 32 },
  { kind: 'langsmith-key', prefix: 'lsv2_sk_', atLeast: 32, solid: 32 },
  { kind: 'linear-key', prefix: 'lin_api_', atLeast: 32, solid: 32 },
  { kind: 'notion-token', prefix: 'ntn_', atLeast: 40, solid: 40 },
  { kind: 'figma-token', prefix: 'figd_', atLeast: 32 },
  { kind: 'atlassian-token', prefix: 'ATATT3', atLeast: 60 },
  { kind: 'digitalocean-token', prefix: 'dop_v1_', atLeast: 64, solid: 64 },
  { kind: 'shopify-token', prefix: 'shpat_', atLeast: 32, solid: 32 },
  { kind: 'docker-token', prefix: 'dckr_pat_', atLeast: 20 },
  { kind: 'pulumi-token', prefix: 'pul-', atLeast: 40, solid: 40 },
  { kind: 'vault-token', prefix: 'hvs.', atLeast: 24 },
  { kind: 'tailscale-key', prefix: 'tskey-', atLeast: 20 },
  { kind: 'age-key', prefix: 'AGE-SECRET-KEY-1', atLeast: 58, solid: 58 },
]

/** How far a digit is looked for: keys are random, a name of words has none. */
const DIGIT_WITHIN = 64

export interface KeyShapes {
  /** How keys begin, each once. */
  readonly prefixes: readonly Uint8Array[]
  /** A key that begins at `at` and ends by `end`: its end, and its kind. Null if there is none. */
  keyAt(bytes: Uint8Array, at: number, end: number): Key | null
  /** The kind of a whole text that is known to be a secret: that of the key it is, else `secret`. */
  kindOf(bytes: Uint8Array, start: number, end: number): string
}

interface Key {
  readonly end: number
  readonly kind: string
}

interface Shape extends KeyShape {
  readonly bytes: Uint8Array
}

/** `extra` go before the known ones. Throws a sentence if one cannot be used. */
export function createKeyShapes(extra: readonly KeyShape[]): KeyShapes {
  for (const shape of extra) check(shape)
  const shapes = [...extra, ...KEY_SHAPES].map((shape) => ({ ...shape, bytes: Buffer.from(shape.prefix) }))
  const byFirst: Shape[][] = Array.from({ length: 256 }, () => [])
  for (const shape of shapes) byFirst[shape.bytes[0]!]!.push(shape)
  for (const list of byFirst) list.sort((a, b) => b.bytes.length - a.bytes.length)
  const prefixes = [...new Set(shapes.map(({ prefix }) => prefix))].map((prefix) => Buffer.from(prefix))

  function keyAt(bytes: Uint8Array, at: number, end: number): Key | null {
    for (const shape of byFirst[bytes[at]!]!) {
      if (!startsWith(bytes, at, end, shape.bytes)) continue
      const to = endOfKey(shape, bytes, at + shape.bytes.length, end)
      if (to > 0) return { end: to, kind: shape.kind }
    }
    return null
  }

  function kindOf(bytes: Uint8Array, start: number, end: number): string {
    const key = start < end ? keyAt(bytes, start, end) : null
    if (key?.end === end) return key.kind
    return endOfJwt(bytes, start, end) === end ? 'jwt' : 'secret'
  }

  return { prefixes, keyAt, kindOf }
}

/** A key is a word of its own: after anything but a letter or digit, or after an escape such as \n, \u003d or %3D. */
export function isKeyStart(bytes: Uint8Array, start: number, at: number): boolean {
  if (at === start || !isAlphanumeric(bytes[at - 1])) return true
  const escaped = (back: number, byte: number) => at - back >= start && bytes[at - back] === byte
  if (escaped(2, 0x5c)) return /[nrtbf]/.test(String.fromCharCode(bytes[at - 1]!))
  return escaped(3, 0x25) || (escaped(6, 0x5c) && bytes[at - 5] === 0x75)
}

function check({ kind, prefix, atLeast }: KeyShape): void {
  if (!/^[a-z0-9-]{1,25}$/.test(kind)) throw new Error(`'${kind}' is no kind of key: use 1 to 25 of a-z, 0-9 and -`)
  if (!/^[A-Za-z0-9_-]{3,}$/.test(prefix)) {
    throw new Error(`'${prefix}' cannot begin a key: use 3 or more of A-Z, a-z, 0-9, _ and -`)
  }
  if (!(atLeast >= 8)) throw new Error(`keys that begin with '${prefix}' need 8 or more characters after it`)
}

/** The end of the key whose prefix ends at `from`, or 0. Looks further than 64 bytes only if it is one. */
function endOfKey({ atLeast, exactly, solid }: KeyShape, bytes: Uint8Array, from: number, end: number): number {
  let digit = false
  let letter = false
  for (let i = from; i < from + atLeast; i++) {
    const byte = bytes[i]
    if (i >= end || !isToken(byte)) return 0
    if (isDigit(byte)) digit = true
    else if (isLetter(byte)) letter = true
    else if (solid !== undefined && i < from + solid) return 0
  }
  let to = from + atLeast
  for (; to < end && isToken(bytes[to]); to++) {
    if (exactly) return 0
    if (isDigit(bytes[to])) digit = true
    else if (isLetter(bytes[to])) letter = true
    if (!digit && to - from > DIGIT_WITHIN) return 0
  }
  // It went on before something after it was redacted.
  if (exactly && hasWord(bytes, to, end, MARKER_START)) return 0
  return digit && letter ? to : 0
}

/** As `hasWord`, but in this case of letters. */
function startsWith(bytes: Uint8Array, at: number, end: number, prefix: Uint8Array): boolean {
  if (at + prefix.length > end) return false
  for (let i = 0; i < prefix.length; i++) if (bytes[at + i] !== prefix[i]) return false
  return true
}
