// A model is given its whole history again in every turn, with a little more at the end: each read as a text of its own, n
// turns cost n² messages. What the last texts held is kept, and what the next one repeats is taken from there.
//
//   turn 1   [{system},{user}]
//   turn 2   [{system},{user},{assistant 1},{tool 1}]                            parsed: the last two
//   turn 3   [{system},{assistant 1},{tool 1},{assistant 2},{tool 2}]            the same, of an agent that forgets
//
// The values are those that parsing each text alone would give, and one message is one object in all turns.

import { isObject, type Json, type JsonObject } from '../model/json.ts'
import type { ChatMessage } from '../model/record.ts'
import type { Attributes } from '../model/span.ts'
import { contentOf } from './attributes.ts'
import { jsonOrText } from './parse-json.ts'
import { repeatedIn, type WrittenList } from './written-list.ts'

/** What comes before the first message: a bracket or two, before them the key that holds the list, and short texts before it. */
const HEAD =
  /^\s*(?:\{\s*(?:"\w+"\s*:\s*"[^"\\]{0,100}"\s*,\s*)*"(messages|contents|input|prompt)"\s*:\s*)?\[\s*(\[\s*)?(?=\{)/

/** Shorter texts are parsed as fast as they are compared. */
const SHORTEST = 256
/** Agents that work at the same time take turns, and each has a history of its own. */
const MAX_HISTORIES = 4

/** What one message in JSON is. */
export type MessageReader = (message: JsonObject) => ChatMessage

/** Remembers the last few histories of one trace. */
export class HistoryMemory {
  readonly #histories: WrittenList[] = []
  #reader: MessageReader | null = null
  #read = new Map<JsonObject, ChatMessage>()

  /** `contentOf` for an attribute that may hold a history. */
  contentOf(attributes: Attributes, key: string): Json | undefined {
    const text = attributes.get(key)
    return typeof text === 'string' && text.length >= SHORTEST ? this.#parse(text) : contentOf(attributes, key)
  }

  /** `read(message)`, once for each message of a history. */
  messageOf(message: JsonObject, read: MessageReader): ChatMessage {
    if (read !== this.#reader) {
      this.#reader = read
      this.#read = new Map()
    }
    const known = this.#read.get(message)
    if (known !== undefined) return known
    const made = read(message)
    this.#read.set(message, made)
    return made
  }

  #parse(text: string): Json {
    const match = HEAD.exec(text)
    if (match === null) return jsonOrText(text)
    const [head, key, inner] = match
    // Of two lists under one key the last counts.
    if (key !== undefined && text.includes(`"${key}"`, head.length)) return jsonOrText(text)
    for (let i = 0; i < this.#histories.length; i++) {
      const history = this.#histories[i]!
      const repeated = history.head === head ? repeatedIn(history, text) : null
      if (repeated === null) continue
      const value = jsonOrText(head + text.slice(repeated.end))
      const added = listIn(value, key, inner !== undefined)
      if (added === null) continue
      const items = repeated.items.concat(added)
      this.#histories.splice(i, 1)
      this.#remember({ text, head, items, written: repeated.written, next: repeated.end })
      return withList(value, key, inner !== undefined, items)
    }
    const value = jsonOrText(text)
    const items = listIn(value, key, inner !== undefined)
    if (items !== null) this.#remember({ text, head, items, written: [], next: head.length })
    return value
  }

  #remember(list: WrittenList): void {
    this.#histories.unshift(list)
    if (this.#histories.length > MAX_HISTORIES) this.#histories.pop()
  }
}

/** The list that follows the head; null where the text could not be parsed. */
function listIn(value: Json, key: string | undefined, isInner: boolean): readonly Json[] | null {
  const outer = key === undefined ? value : isObject(value) ? value[key] : undefined
  const list = isInner && Array.isArray(outer) ? outer[0] : outer
  return Array.isArray(list) ? list : null
}

/** `value`, which nobody else has seen yet, with `items` in place of the list that follows the head. */
function withList(value: Json, key: string | undefined, isInner: boolean, items: readonly Json[]): Json {
  if (key === undefined && !isInner) return items
  const holder = (isInner && key !== undefined ? (value as JsonObject)[key] : value) as Record<string, Json>
  holder[isInner ? 0 : key!] = items
  return value
}
