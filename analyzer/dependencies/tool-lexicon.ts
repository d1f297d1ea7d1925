// What a tool does, by its name alone. English verbs as APIs use them, and the shell's own commands.

import type { EffectKind } from '../model/dependency.ts'
import { PHRASES } from './tool-phrases.ts'

/** Verbs that only look. What also names a deed (format, sort, extract, test, ask, poll a queue, watch a repository) is left out: unknown is safe. */
const READ =
  'get list read search find count lookup look query fetch check calculate compute show view describe inspect retrieve scan ' +
  'browse preview compare diff estimate translate summarize summarise analyze analyse classify detect validate verify ' +
  'measure cat ls grep stat wc pwd du df geocode recommend suggest rank filter ' +
  'explain parse lint sum mean average round floor ceil sqrt subtract multiply divide ' +
  'math think reason glob locate identify display peek monitor decode scrape ps blame whois nslookup traceroute'
/**
 * Of these, the ones that name nothing beside: they tell of a look after a word that is not known as well (`acme_get_widget`).
 * The others may be what a deed is done to there: `reorder_list`, `rebuild_search_index`, `void_check`.
 */
const VERBS_ONLY = new Set(
  (
    'get find retrieve describe inspect calculate compute compare summarize summarise analyze analyse classify detect validate ' +
    'translate recommend suggest explain locate identify geocode multiply divide subtract sqrt grep'
  ).split(' '),
)
/** Nouns and adjectives that tell of a read only where nothing in the name may tell of more. */
const READ_NOUNS =
  'head tail tree status history match has is exists retrieval weather forecast details directions elevation distance schema ' +
  'logs aggregate thinking sequentialthinking'
/** Of these, what can be changed: a word after it that is not known may be the deed (`schema_migrate`). */
const CHANGEABLE = new Set('tree status history details schema logs'.split(' '))
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
  'rotate redeem provision allocate fix repair refresh reload rebuild reindex reorder invalidate migrate vacuum'
/** Sessions, and questions to a person: whatever comes after may hang on the answer, whatever came before was the ground. */
const SESSION =
  'click type navigate goto scroll cd chdir login logout signin signout authenticate hover drag drop_file back tab window ' +
  'tap swipe wait sleep open switch connect disconnect begin rollback keypress screenshot focus confirm confirmation clarify approval elicit human'
/** What a word for a deed also names or describes: `get_order` orders nothing, `list_open_files` opens none. */
const NOUNS = new Set(
  (
    'book post change patch copy store comment share order rent transfer deposit refund return exchange charge schedule like ' +
    'block start stop run deploy merge commit draft mark grant call email message import link fund press release record ' +
    'file checkout type tab window open place back update edit reply purchase archive touch echo human turn fill lease claim ' +
    'hold repair swap refresh tap swipe wait sleep'
  ).split(' '),
)
/** Readers that also name a thing, and what is then done to it by the one word after: `list_pop`, `view_refresh`. */
const THINGS = new Set('list view check query match monitor scan rank filter preview diff'.split(' '))
const DONE_TO = new Set(
  'swap update edit change patch copy fill reply start stop run merge refresh deploy open back turn touch echo sort reverse shuffle toggle'.split(
    ' ',
  ),
)
/** Records, where the name ends in what is asked of them: `order_history` orders nothing. */
const RECORDS = new Set('order place deposit transfer refund purchase release comment file'.split(' '))
const ASKED = new Set('details status history search lookup'.split(' '))
/** Services and things that open a name and are no deeds: the verb comes after them (`slack_list_channels`, `web_search`). */
const SUBJECTS = new Set(
  (
    'api mcp git github gitlab bitbucket slack discord jira confluence atlassian notion linear asana trello todoist sentry ' +
    'datadog grafana prometheus pagerduty stripe paypal shopify hubspot salesforce zendesk intercom gmail outlook gcal gdrive ' +
    'google maps drive calendar sheets docs brave bing tavily exa firecrawl perplexity duckduckgo ddg serper serp wikipedia ' +
    'wiki arxiv pubmed scholar youtube spotify reddit twitter linkedin kubectl kubernetes k8s helm docker aws gcp azure s3 ' +
    'redis mongo mongodb postgres postgresql pg mysql sqlite duckdb bigquery snowflake clickhouse dynamodb elasticsearch ' +
    'elastic qdrant pinecone chroma neo4j airtable figma obsidian supabase cloudflare vercel netlify terraform ' +
    'config configuration settings web internet local advanced academic public news image video audio document doc page code codebase repo repository branch directory folder ' +
    'vector semantic hybrid similarity keyword knowledge kb memory ontology entity node column database db ' +
    'collection key server service system network device sensor cluster pod container instance job task workflow ' +
    'user customer client account member employee person people patient company team department organization vendor ' +
    'product item inventory catalog currency flight hotel restaurant car trip city country region ' +
    'location property listing event meeting ticket issue invoice payment transaction subscription shipment ' +
    'delivery parcel loan policy recipe movie song notebook dns promql logql symbol path state'
  ).split(' '),
)
/** Whatever is done in a browser, its order is its meaning. */
const BROWSERS = new Set('browser puppeteer playwright selenium'.split(' '))
const VERBS = new Map<string, EffectKind>()
export const READERS: ReadonlySet<string> = new Set(READ.split(' '))
for (const word of READERS) VERBS.set(word, 'read')
for (const word of WRITE.split(' ')) VERBS.set(word, 'write')
for (const word of READ_NOUNS.split(' ')) VERBS.set(word, 'read')
for (const word of SESSION.split(' ')) VERBS.set(word, 'session')

const NONE: ReadonlySet<string> = new Set()
/** Words that start another deed: `search_and_book` books. */
const JOINTS = new Set(['and', 'or', 'then'])
/** What stands somewhere, and moves on when it is asked: the same call again gives another answer. */
const MOVES_ON = new Set(['next', 'previous', 'prev', 'more'])

/**
 * The effect that a tool's name tells, or undefined. A word for a deed anywhere in it counts, whatever it begins with
 * (`search_replace`, `list_remove`), unless the name begins with a reader and the word is a noun there (`get_order`)
 * with no joint before it (`search_and_book` books). A look is told by the word that the name begins with, services and things
 * left out (`slack_list_channels`); what begins with a word that is not known looks only by a verb that is nothing else
 * (`acme_get_widget`). A reader joined to a word that may be a deed (`find_and_mangle`), or that moves on (`get_next_job`),
 * tells nothing. `mcp__files__read_text` and `files.readText` are a service and a name.
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
  const first = firstVerb(words)
  const looks = readsAt(words, first)
  let deed: EffectKind | undefined
  let joined = false
  for (let i = 0; i < words.length && deed === undefined; i++) {
    const word = words[i] as string
    joined ||= JOINTS.has(word)
    const phrase = PHRASES.get(`${word} ${words[i + 1] ?? ''}`)
    const kind = phrase ?? VERBS.get(word)
    if (phrase !== undefined) i++
    const isNoun = phrase === undefined && !joined && (looks ? NOUNS : asked ? RECORDS : NONE).has(word)
    if (kind !== 'read' && !isNoun) deed = kind
  }
  return deed ?? (tellsOfLook(words, first, asked) ? 'read' : undefined)
}

/** Index of the first word that is neither a service nor a thing; the last word is taken as it is. */
function firstVerb(words: readonly string[]): number {
  let i = 0
  while (i < words.length - 1 && !PHRASES.has(`${words[i]} ${words[i + 1]}`)) {
    const word = words[i] as string
    if (word === 'pull' && words[i + 1] === 'request') i++
    else if (word === 'file' && i === words.length - 2 && READERS.has(words[i + 1] as string)) return i + 1
    else if (VERBS.has(word) || !isThing(word)) break
    i++
  }
  return Math.min(i, words.length - 1)
}

const isThing = (word: string): boolean => SUBJECTS.has(word) || /^[a-z]{2,}[^aisu]s$/.test(word)

/** Whether a verb or phrase at `i` only looks. */
function readsAt(words: readonly string[], i: number): boolean {
  const phrase = PHRASES.get(`${words[i] ?? ''} ${words[i + 1] ?? ''}`)
  return phrase === undefined ? READERS.has(words[i] ?? '') : phrase === 'read'
}

/** Of a name without a deed in it. */
function tellsOfLook(words: readonly string[], first: number, asked: boolean): boolean {
  const word = words[first] ?? ''
  if (words.some((_, i) => mayBeDeed(words, i))) return false
  if (readsAt(words, first)) {
    if (word === 'check' && /^(?:in|out|off)$/.test(words.at(-1) as string)) return false
    const isDoneTo = THINGS.has(word) && first === words.length - 2 && DONE_TO.has(words.at(-1) as string)
    return !isDoneTo && !words.some((one) => MOVES_ON.has(one))
  }
  const rest = words.slice(first + 1)
  if (CHANGEABLE.has(word)) return rest.every((one) => VERBS.has(one) || isThing(one) || PREPOSITIONS.has(one))
  if (VERBS.get(word) === 'read') return true
  // `order_history`: what the name begins with is a record.
  if (asked && words.some((one) => RECORDS.has(one))) return true
  return VERBS_ONLY.has(rest[0] ?? '')
}

const PREPOSITIONS = new Set('of for in on at by with from to between'.split(' '))

/** Whether the word at `i` is joined to another, and not known to be a thing or a look: `find_and_mangle`, `mangle_and_get`. */
function mayBeDeed(words: readonly string[], i: number): boolean {
  const word = words[i] as string
  if (VERBS.has(word) || isThing(word) || JOINTS.has(word)) return false
  if (JOINTS.has(words[i + 1] ?? '') && !words.slice(0, i).some((one) => READERS.has(one))) return true
  return JOINTS.has(words[i - 1] ?? '') && !words.slice(0, i).some((one) => PREPOSITIONS.has(one))
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

/** What a property's name says it is: `build_number` is a number. */
export const lastWord = (name: string): string => wordsOf(name).at(-1) ?? ''

/** Names of tools and properties repeat from call to call. */
const MAX_KNOWN = 4096
const MAX_NAME = 64
const known = new Map<string, readonly string[]>()

function split(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/(?<=[A-Z])(?=[A-Z][a-z])/g, ' ')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
}

const nameOf = (tool: string): string => tool.split(/__|[./:]/).findLast((part) => part !== '') ?? tool
