// Arguments by which a tool that looks is told to put what it finds somewhere, or to do something beside it.

import type { Leaf } from './leaves.ts'
import { wordsOf } from './tool-lexicon.ts'

/** What is written, and what may be a place on a map as well. */
const OUT = new Set('output out save saved export download'.split(' '))
const PLACE = new Set('dest destination target'.split(' '))
const FILE = new Set('path file filename filepath folder dir directory to as in into name location'.split(' '))
/** Deeds that a flag turns on: `{"fix": true}`, `{"delete_after_reading": true}`. */
const FLAGS = new Set(
  'fix autofix save delete overwrite create write store persist publish send purge consume ack acknowledge upsert'.split(
    ' ',
  ),
)

/** A rooted path, and a file's name: a word with an ending. */
const ROOTED = /^(?:\/|\.{1,2}\/|~\/|[a-z]:[\\/])/i
const NAMED = /^[^\s:?*|<>]{0,200}[^\s.:?*|<>]\.[a-z]\w{0,4}$/i
const MIME = /^(?:text|application|image|audio|video)\//

/**
 * Whether the arguments name a file to write, or turn a deed on. `save_to` and `output_path` say so by their name; `output` and
 * `destination` where their value is a path; `target`, and an ending alone, only beside another path or address: a host has
 * an ending too, and what is looked at may be called a target.
 */
export function tellsOfOutput(args: readonly Leaf[]): boolean {
  for (const leaf of args) if (tellsBy(leaf, args)) return true
  return false
}

function tellsBy(leaf: Leaf, args: readonly Leaf[]): boolean {
  const words = wordsOf(leaf.key)
  if (leaf.value === true) return FLAGS.has(words[0] ?? '') || (words[0] === 'mark' && words.length > 1)
  if (typeof leaf.value !== 'string' || leaf.value.trim() === '') return false
  const isOut = OUT.has(words[0] ?? '')
  if (!isOut && !words.some(isPlaceWord)) return false
  if (!words.every((word) => OUT.has(word) || PLACE.has(word) || FILE.has(word))) return false
  if (isOut && words.length > 1) return true
  const text = leaf.value.trim()
  if (!isPath(text)) return false
  if (isOut || (ROOTED.test(text) && !words.includes('target'))) return true
  return args.some((other) => other !== leaf && typeof other.value === 'string' && isPlace(other.value.trim()))
}

const isPlaceWord = (word: string): boolean => PLACE.has(word)

/** Whether a property without a word for a file in its name names one that is written: `{"out": "a.txt"}`. */
export const namesOutput = (key: string, value: Leaf['value']): boolean =>
  typeof value === 'string' && OUT_OR_PLACE.test(key) && isPath(value.trim())

const OUT_OR_PLACE =
  /^(?:output|out|dest|target|save|saved|export|download)(?:[ _-]?(?:to|as|in|into|name|location))?$/i

const isPath = (text: string): boolean => (ROOTED.test(text) || NAMED.test(text)) && !MIME.test(text)
const isPlace = (text: string): boolean => isPath(text) || /^[a-z]+:\/\//i.test(text)
