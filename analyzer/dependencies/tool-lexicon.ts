// What a tool does, by its name alone. English verbs as APIs use them, and the shell's own commands.

import type { EffectKind } from '../model/dependency.ts'

/** Verbs that only look. What also names a deed (format, sort, extract, test, ask, poll a queue, watch a repository) is left out: unknown is safe. */
const READ =
  'get list read search find count lookup look query fetch check calculate compute show view describe inspect retrieve scan ' +
  'browse preview compare diff estimate translate summarize summarise analyze analyse classify detect validate verify ' +
  'measure cat ls grep stat wc pwd du df ping geocode recommend suggest rank filter ' +
  'explain parse lint sum mean average round floor ceil sqrt subtract multiply divide power ' +
  'math think reason glob locate recall identify display peek monitor decode'
/** Nouns and adjectives that tell of a read only where nothing in the name tells of more. */
const READ_NOUNS =
  'head tail tree status history match has is exists retrieval weather forecast details directions elevation distance schema ' +
  'logs aggregate thinking sequentialthinking'
const WRITE =
  'create update delete send book post cancel pay set add remove insert write edit modify change put patch replace rename move copy ' +
  'upload save store submit publish reply comment share invite assign approve reject close archive restore resolve ' +
  'reserve buy purchase order rent transfer deposit withdraw refund return exchange charge schedule reschedule register subscribe ' +
  'unsubscribe follow unfollow like retweet block unblock lock unlock enable disable activate deactivate start stop restart pause ' +
  'resume run execute exec deploy merge commit push revert reset clear drop truncate append mkdir rmdir rm mv cp touch echo chmod ' +
  'chown kill fill place make generate draft forward mark toggle adjust increase decrease turn apply grant revoke notify ' +
  'call email message dispatch trigger invoke install uninstall upsert sync import link unlink attach detach ' +
  'fund press release record remember learn escalate hang dial checkout file flush ' +
  'increment decrement bump consume ack acknowledge purge wipe prune pop dequeue enqueue requeue lease claim hold acquire swap ' +
  'rotate redeem provision allocate fix repair'
/** Sessions, and questions to a person: whatever comes after may hang on the answer, whatever came before was the ground. */
const SESSION =
  'click type navigate goto scroll cd chdir login logout signin signout authenticate hover drag drop_file back tab window ' +
  'open switch connect disconnect begin rollback keypress screenshot focus confirm confirmation clarify approval elicit human'
/** What a word for a deed also names or describes: `get_order` orders nothing, `list_open_files` opens none. */
const NOUNS = new Set(
  (
    'book post change patch copy store comment share order rent transfer deposit refund return exchange charge schedule like ' +
    'block start stop run deploy merge commit draft mark grant call email message import link fund press release record ' +
    'file checkout type tab window open place back update edit reply purchase archive touch echo human turn fill lease claim hold fix repair pop swap'
  ).split(' '),
)
/** Records, where the name ends in what is asked of them: `order_history` orders nothing. */
const RECORDS = new Set('order place deposit transfer refund purchase release comment file'.split(' '))
const ASKED = new Set('details status history search lookup'.split(' '))
/** Whatever is done in a browser, its order is its meaning. */
const BROWSERS = new Set('browser puppeteer playwright selenium'.split(' '))
const VERBS = new Map<string, EffectKind>()
export const READERS: ReadonlySet<string> = new Set(READ.split(' '))
for (const word of READERS) VERBS.set(word, 'read')
for (const word of WRITE.split(' ')) VERBS.set(word, 'write')
for (const word of READ_NOUNS.split(' ')) VERBS.set(word, 'read')
for (const word of SESSION.split(' ')) VERBS.set(word, 'session')

/** Two words that are one verb. */
const PHRASES = new Map<string, EffectKind>([
  ['log in', 'session'],
  ['log out', 'session'],
  ['sign in', 'session'],
  ['sign out', 'session'],
  ['go to', 'session'],
  ['press key', 'session'],
  ['ask user', 'session'],
  ['ask person', 'session'],
  ['ask customer', 'session'],
  ['ask question', 'session'],
  ['ask for', 'session'],
  ['ask clarifying', 'session'],
  ['ask clarification', 'session'],
  ['ask followup', 'session'],
  ['user input', 'session'],
  ['request input', 'session'],
  ['request feedback', 'session'],
  ['request permission', 'session'],
  ['wait for', 'session'],
  ['start transaction', 'session'],
  ['commit transaction', 'session'],
  ['end transaction', 'session'],
  ['look up', 'read'],
  ['git log', 'read'],
  ['check off', 'write'],
  ['check out', 'write'],
  ['check in', 'write'],
  ['mark seen', 'write'],
  ['mark read', 'write'],
  ['mark as', 'write'],
  // A code is good for one time.
  ['verify otp', 'write'],
  ['verify code', 'write'],
  // Who somebody is decides what may be done after.
  ['verify identity', 'session'],
  ['verify customer', 'session'],
  ['verify user', 'session'],
  ['verify caller', 'session'],
  ['turn on', 'write'],
  ['turn off', 'write'],
])

const NONE: ReadonlySet<string> = new Set()
/** Words that start another deed: `search_and_book` books. */
const JOINTS = new Set(['and', 'or', 'then'])
/** What stands somewhere, and moves on when it is asked: the same call again gives another answer. */
const MOVES_ON = new Set(['next', 'previous', 'prev', 'more'])

/**
 * The effect that a tool's name tells, or undefined. A word for a deed anywhere in it counts, whatever it begins with
 * (`search_replace`, `list_remove`), unless the name begins with a reader and the word is a noun there (`get_order`)
 * with no joint before it (`search_and_book` books). A reader joined to a word that is not known (`find_and_mangle`), or that
 * moves on (`get_next_job`), tells nothing. `mcp__files__read_text` and `files.readText` are a service and a name.
 */
export function effectOfName(tool: string): EffectKind | undefined {
  let effect = effects.get(tool)
  if (effect === undefined) {
    effect = readName(tool) ?? 'none'
    if (effects.size < MAX_KNOWN && tool.length <= MAX_NAME) effects.set(tool, effect)
  }
  return effect === 'none' ? undefined : effect
}

/** Of the tools of a run, by name. */
const effects = new Map<string, EffectKind | 'none'>()

function readName(tool: string): EffectKind | undefined {
  const words = wordsOf(nameOf(tool))
  if (words.length > 1 && BROWSERS.has(words[0] as string)) return 'session'
  const asked = ASKED.has(words.at(-1) ?? '') && !words.some((word) => JOINTS.has(word))
  const opening = PHRASES.get(`${words[0] ?? ''} ${words[1] ?? ''}`)
  const looks = opening === undefined ? READERS.has(words[0] ?? '') : opening === 'read'
  let found: EffectKind | undefined
  let joined = false
  let isOpen = false
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as string
    if (JOINTS.has(word)) {
      joined = true
      const next = words[i + 1] ?? ''
      if (looks && READERS.has(words[i - 1] ?? '') && !VERBS.has(next) && !PHRASES.has(`${next} ${words[i + 2] ?? ''}`))
        isOpen = true
      continue
    }
    if (looks && MOVES_ON.has(word)) isOpen = true
    const phrase = PHRASES.get(`${word} ${words[i + 1] ?? ''}`)
    const kind = phrase ?? VERBS.get(word)
    if (phrase !== undefined) i++
    if (kind === undefined || (phrase === undefined && !joined && (looks ? NOUNS : asked ? RECORDS : NONE).has(word)))
      continue
    if (found === undefined || found === 'read') found = kind
  }
  return found === 'read' && isOpen ? undefined : found
}

/** What one verb tells in its base form (`send`), and whether it also names a thing (`order`). Undefined for any other word. */
export function verbOf(word: string): { readonly kind: EffectKind; readonly isNoun: boolean } | undefined {
  const kind = VERBS.get(word)
  return kind === undefined ? undefined : { kind, isNoun: NOUNS.has(word) }
}

/** What a name is about: its words without the deeds, in the singular. `list_open_orders` is about open, order. */
export function subjectsOf(tool: string): string[] {
  return wordsOf(nameOf(tool))
    .filter((word) => word.length > 2 && (!VERBS.has(word) || NOUNS.has(word)) && !READERS.has(word))
    .map((word) => word.replace(/(?<=..)(ies|es|s|y)$/, ''))
}

/** The service that a tool's name says it belongs to, '' if it says none. */
export function serviceOf(tool: string): string {
  const parts = tool.split(/__|[./:]/).filter((part) => part !== '')
  if (parts[0] === 'mcp' && parts.length > 2) return (parts[1] as string).toLowerCase()
  return parts.length > 1 ? (parts[0] as string).toLowerCase() : ''
}

/** `listOpenOrders`, `list-open-orders` -> list, open, orders. */
export function wordsOf(name: string): readonly string[] {
  let words = known.get(name)
  if (words === undefined) {
    words = split(name)
    if (known.size < MAX_KNOWN && name.length <= MAX_NAME) known.set(name, words)
  }
  return words
}

/** Names of tools and properties repeat from call to call. */
const MAX_KNOWN = 4096
const MAX_NAME = 64
const known = new Map<string, readonly string[]>()

function split(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
}

const nameOf = (tool: string): string => tool.split(/__|[./:]/).findLast((part) => part !== '') ?? tool
