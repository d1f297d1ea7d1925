import type { CallEffect } from '../model/dependency.ts'
import { compareResources } from './resources.ts'
import { wordsOf } from './tool-lexicon.ts'
import { STATE } from './weights.ts'

/** What state.ts and the verdicts know of one call's place in the world. */
export interface Actor extends CallEffect {
  readonly tool: string
  /** Service that the tool's name says it belongs to, '' for none. */
  readonly service: string
  /** What the tool's name is about: `ticket` of `list_tickets`. */
  readonly subjects: readonly string[]
}

/** P(the order of two calls matters to the world), `a` being the earlier. An unknown effect is a write. 0 for two reads. */
export function stateProbability(a: Actor, b: Actor): number {
  if (a.pure === true || b.pure === true) return 0
  if (a.session !== undefined || b.session !== undefined) {
    const named = namedSessions(a, b)
    if (named !== undefined) return named
  }
  const [first, second] = [a.effect.kind, b.effect.kind]
  if (first === 'read' && second === 'read') return 0
  if (first === 'session' && second === 'session') return STATE.sessions
  if (first === 'session' || second === 'session') return STATE.sessionAndOther
  const relation = compareResources(a.resources, b.resources)
  // What both name may be one thing behind two services, and files are: only what shares nothing is cleared.
  const otherService = isOtherService(a, b)
  if (otherService && relation !== 'same' && !writesUnseenFile(a, b, relation)) return STATE.otherService
  if (second === 'read') return STATE.readAfterWrite[relation]
  if (first === 'read') return STATE.writeAfterRead[relation]
  if (relation === 'same' && a.tool === b.tool) return STATE.sameToolSameThing
  return STATE.writeAfterWrite[relation]
}

/** The user named what one of them acts on: that keeps its own order and no other. A session without a name may be any. */
function namedSessions(a: Actor, b: Actor): number | undefined {
  if (a.session === b.session) return 1
  const unnamed = a.session === undefined ? a : b.session === undefined ? b : null
  if (unnamed?.effect.kind === 'session') return undefined
  return compareResources(a.resources, b.resources) === 'same' ? STATE.readAfterWrite.same : 0
}

/** A hazard only if two things that could not be told apart are one, and nothing says that they are. */
export function isGuessedHazard(a: Actor, b: Actor): boolean {
  const sessions = [a, b].some(({ effect, session }) => effect.kind === 'session' || session !== undefined)
  return !sessions && compareResources(a.resources, b.resources) === 'unknown' && !isAlike(a, b)
}

/** What other services keep their things in, or are reached through: to be named otherwise clears nothing. */
const GROUND = new Set(
  (
    'db database sql sqlite postgres postgresql mysql mariadb mongo mongodb redis supabase snowflake bigquery s3 storage ' +
    'api http https rest web fetch request requests graphql shell bash terminal exec docker kubernetes'
  ).split(' '),
)

function isOtherService(a: Actor, b: Actor): boolean {
  if (a.service === b.service || a.service === '' || b.service === '') return false
  return ![a, b].some(({ service }) => wordsOf(service).some((word) => GROUND.has(word)))
}

/** One writes a file and the other may be about it: every service of one machine sees the same disk. */
function writesUnseenFile(a: Actor, b: Actor, relation: string): boolean {
  if (relation !== 'unknown') return false
  return [a, b].some(
    ({ effect, resources }) => effect.kind !== 'read' && resources.some((one) => one.startsWith('path:')),
  )
}

/** How two calls can get in each other's way, in words: `write then read, same`. The key under which cases are counted. */
export function stateRelation(a: Actor, b: Actor): string {
  if (a.pure === true || b.pure === true) return 'reads'
  if (a.effect.kind === 'read' && b.effect.kind === 'read') return 'reads'
  const kinds = [a, b].map(({ effect }) => (effect.kind === 'unknown' ? 'write' : effect.kind))
  const named = a.session !== undefined || b.session !== undefined ? ', named session' : ''
  const relation = compareResources(a.resources, b.resources)
  const other = isOtherService(a, b) ? ', other service' : ''
  const looksAfter = kinds[0] === 'write' && kinds[1] === 'read'
  // That one tool does a list of separate deeds is said of tools with one deed, and not of those that run any code.
  const runsCode = a.effect.from === 'arguments' && b.effect.from === 'arguments'
  const again =
    a.tool === b.tool && !runsCode
      ? ', one tool'
      : relation === 'unknown' && looksAfter && isAlike(a, b)
        ? ', one subject'
        : ''
  return `${kinds[0]} then ${kinds[1]}, ${relation}${other}${again}${named}`
}

/** Whether two names are about one thing: `create_ticket` and `list_tickets`. */
function isAlike(a: Actor, b: Actor): boolean {
  return b.subjects.some((subject) => a.subjects.includes(subject))
}
