// What a tool does, by its name alone. English verbs as APIs use them, and the shell's own commands.

import type { EffectKind } from '../model/dependency.ts'

const READ =
  'get list search read find lookup look query fetch check calculate compute count show view describe inspect retrieve load scan ' +
  'browse preview compare diff estimate convert translate summarize summarise analyze analyse classify extract detect validate verify ' +
  'evaluate measure select head tail cat ls grep stat wc pwd du df tree ping resolve geocode recommend suggest rank filter ' +
  'match explain parse format lint status history sum mean average round floor ceil sqrt subtract multiply divide power ' +
  'math think reason glob locate recall identify display track watch poll peek monitor hash encode decode sort has is ' +
  'exists test ask retrieval weather forecast'
const WRITE =
  'create update delete send book post cancel pay set add remove insert write edit modify change put patch replace rename move copy ' +
  'upload save store submit publish reply comment share invite assign approve reject close resolve archive restore ' +
  'reserve buy purchase order rent transfer deposit withdraw refund return exchange charge schedule reschedule register subscribe ' +
  'unsubscribe follow unfollow like retweet block unblock lock unlock enable disable activate deactivate start stop restart pause ' +
  'resume run execute exec deploy merge commit push revert reset clear drop truncate append mkdir rmdir rm mv cp touch echo chmod ' +
  'chown kill fill place make generate draft forward mark toggle adjust increase decrease turn apply grant revoke notify ' +
  'call email message dispatch trigger invoke install uninstall upsert sync import link unlink attach detach ' +
  'fund press release record remember learn escalate hang dial checkout file flush book'
const SESSION =
  'click type navigate goto scroll cd chdir login logout signin signout authenticate hover drag drop_file back tab window ' +
  'open switch connect disconnect begin rollback keypress screenshot focus'

const VERBS = new Map<string, EffectKind>()
for (const word of READ.split(' ')) VERBS.set(word, 'read')
for (const word of WRITE.split(' ')) VERBS.set(word, 'write')
for (const word of SESSION.split(' ')) VERBS.set(word, 'session')

/** Two words that are one verb. */
const PHRASES = new Map<string, EffectKind>([
  ['log in', 'session'],
  ['log out', 'session'],
  ['sign in', 'session'],
  ['sign out', 'session'],
  ['go to', 'session'],
  ['press key', 'session'],
  ['look up', 'read'],
  ['check out', 'write'],
  ['check in', 'write'],
  ['turn on', 'write'],
  ['turn off', 'write'],
])

/** Words that start another deed: `search_and_book` books. */
const JOINTS = new Set(['and', 'or', 'then'])

/**
 * The effect that a tool's name tells, or undefined. The first known verb decides, unless a joint is followed by a
 * stronger one. `mcp__files__read_text` and `files.readText` are a service (`files`) and a name.
 */
export function effectOfName(tool: string): EffectKind | undefined {
  const words = wordsOf(nameOf(tool))
  let found: EffectKind | undefined
  let joined = false
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as string
    if (JOINTS.has(word)) {
      joined = true
      continue
    }
    const kind = PHRASES.get(`${word} ${words[i + 1] ?? ''}`) ?? VERBS.get(word)
    if (kind === undefined) continue
    if (found === undefined) found = kind
    else if (joined && found === 'read') found = kind
  }
  return found
}

/** The service that a tool's name says it belongs to, '' if it says none. */
export function serviceOf(tool: string): string {
  const parts = tool.split(/__|[./:]/).filter((part) => part !== '')
  if (parts[0] === 'mcp' && parts.length > 2) return (parts[1] as string).toLowerCase()
  return parts.length > 1 ? (parts[0] as string).toLowerCase() : ''
}

/** `listOpenOrders`, `list-open-orders` -> list, open, orders. */
export function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
}

const nameOf = (tool: string): string => tool.split(/__|[./:]/).findLast((part) => part !== '') ?? tool
