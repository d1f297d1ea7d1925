// What a tool does, by the words of its definition. Only verbs where a sentence says what the tool does count: `Cancels an
// order`, `Searches flights and books one`; `Use this before you cancel an order` tells of another deed.

import type { EffectKind } from '../model/dependency.ts'
import { MAX_DESCRIPTION, type ToolDefinition } from '../model/run.ts'
import { effectOfName, verbOf } from './tool-lexicon.ts'

/** What may stand before the verb that opens a sentence. */
const OPENING =
  /^(?:(?:this|the|a|an) )?(?:(?:tool|function|method|endpoint|utility|api|command|action|it|use|used|call)(?: this)?(?: tool| function)? )?(?:(?:that|which|to|will|can|allows? you to|lets you|is used to|may|also|quickly|simply|securely) )*/
/** Deeds in the third person are no nouns: wherever one stands, something is done. */
const DEED =
  /\b(?:creates|deletes|sends|writes|modifies|removes|inserts|saves|submits|publishes|overwrites|cancels|replaces|appends)\b/
/** The same as a gerund may be another's deed (`before deleting it`): no proof of one, but no look either. */
const DOUBT = /\b(?:creating|deleting|sending|writing|modifying|removing|inserting|saving|submitting|publishing)\b/
/** What is said not to happen, up to where the clause ends: `without changing it`. Not further: `if it does not exist, creates it`. */
const DENIED =
  /\b(?:without|does not|doesn't|do not|don't|never|cannot|will not|won't)\b[^.]*?(?=[.,;:!?\n]|\b(?:and|but|then)\b|$)/g
const READ_ONLY = /\bread[- ]only\b|\bno side[- ]effects?\b/
/** After one of these a noun is none: `updates the status`. */
const DETERMINERS = new Set(
  'a an the it them its this these that those all any one new their your each every'.split(' '),
)
const JOINTS = new Set(['and', 'or', 'then', 'also'])
/** In a description these only look. `give`, `provide`, `report` and `tell` may do something to somebody. */
const LOOKS = new Set(['returns', 'obtains', 'obtain'])
/** `Returns a book to the library`: what is returned to somebody is gone; `the way to the hotel`, `all that belongs to it` are told. */
const SENT_BACK =
  /^returns [^.]*?\b(?<!\b(?:up|according|related?|relating|belong\w*|similar|equal|assigned|access|attached|close|closest|next|nearest|due|path|distance|route|directions|way|links?|urls?|apply|applied|available|visible|connected|linked|respond\w*|correspond\w*|mapped|pertaining) )(?:to|into)\b(?! (?:\d|be\b))/
/** What may stand after a noun, and not after a verb: `files and folders of a drive`. */
const AFTER_NOUN = new Set(
  (
    'of for in on at by with from to within under over between near matching that which who whose where when as using given ' +
    'along including and or is are was were based available currently recursively'
  ).split(' '),
)

/** A description that was cut is no proof of a look. Undefined where the words do not tell. */
export function effectOfDescription({ description, actions }: ToolDefinition): EffectKind | undefined {
  if (actions.some((action) => isDeed(effectOfName(action)))) return 'write'
  const text = description.toLowerCase()
  const told = text.replace(DENIED, ' ')
  let opening: EffectKind | undefined
  let isOpen = false
  for (const sentence of told.split(/[.!?;\n]+/)) {
    const [first, later] = verbsOf(sentence.trim())
    opening ??= first
    if (isDeed(first)) return first
    if (later === 'deed') return 'write'
    isOpen ||= later === 'unknown'
  }
  if (DEED.test(told)) return 'write'
  if (description.length >= MAX_DESCRIPTION || DOUBT.test(told)) return undefined
  return (opening === 'read' && !isOpen) || READ_ONLY.test(text) ? 'read' : undefined
}

const isDeed = (kind: EffectKind | undefined): boolean => kind === 'write' || kind === 'session'

type Later = 'none' | 'deed' | 'unknown'

/** What a sentence's opening verb tells, and whether a verb joined to it tells of a deed, or may be one. */
function verbsOf(sentence: string): [first: EffectKind | undefined, later: Later] {
  const clause = sentence.replace(OPENING, '')
  const words = clause.match(/[a-z][a-z'-]*|,/g) ?? []
  const first = SENT_BACK.test(clause) ? undefined : kindOf(words[0] ?? '')?.kind
  if (first === undefined) return [undefined, 'none']
  let later: Later = 'none'
  /** Place of the last verb: a word joined to it directly is another (`search and book flights`). */
  let verb = 0
  for (let i = 1; i < words.length; i++) {
    const word = words[i] as string
    const before = words[i - 1] as string
    if (JOINTS.has(word) || (!JOINTS.has(before) && before !== ',')) continue
    const found = kindOf(word)
    if (found === undefined) {
      if (JOINTS.has(before) && mayBeVerb(words, i)) later = 'unknown'
      continue
    }
    const isVerb = !found.isNoun || DETERMINERS.has(words[i + 1] ?? '') || i - verb <= 2
    if (!isVerb) continue
    if (found.kind !== 'read') return [first, 'deed']
    verb = i
  }
  return [first, later]
}

/**
 * Whether a word joined to the opening verb may be one as well: it has an object (`scans a drive and quarantines infected
 * files`, `scan a drive and quarantine the files`) where a noun has none (`lists files and folders of a drive`).
 */
function mayBeVerb(words: readonly string[], i: number): boolean {
  const [word, after] = [words[i] as string, words[i + 1]]
  const isThird = /[^s]s$/.test(words[0] as string)
  if (after === undefined || after === ',') return false
  if (DETERMINERS.has(after)) return true
  return isThird && /[^s]s$/.test(word) && !AFTER_NOUN.has(after)
}

/** A verb in its base form or in the third person: `copies`, `fetches`, `deletes`. */
function kindOf(word: string): { readonly kind: EffectKind; readonly isNoun: boolean } | undefined {
  if (LOOKS.has(word)) return { kind: 'read', isNoun: false }
  if (word === 'return') return undefined
  const forms = [word, word.replace(/s$/, ''), word.replace(/es$/, ''), word.replace(/ies$/, 'y')]
  for (const form of forms) {
    const found = verbOf(form)
    if (found !== undefined) return found
  }
  return undefined
}
