// Runs of one agent begin with one system prompt, and often with one task: what is read off such a text alone is read once.

import { LRUCache } from 'lru-cache'

/** Texts remembered per question. Chosen: an agent has a prompt or two, and agents run side by side. */
const MAX_TEXTS = 32
/** Longer texts are not remembered. UTF-16 code units. An answer is about as long as its text. */
const MAX_LENGTH = 32_768

/**
 * `read`, which may depend on nothing but the text, for texts that many runs have: the answers for those asked about last are
 * kept from run to run. Whoever gets one must not change it.
 */
export function ofSharedText<T extends {}>(read: (text: string) => T): (text: string) => T {
  const known = new LRUCache<string, T>({ max: MAX_TEXTS })
  return (text) => {
    if (text.length > MAX_LENGTH) return read(text)
    let answer = known.get(text)
    if (answer === undefined) {
      answer = read(text)
      known.set(text, answer)
    }
    return answer
  }
}
