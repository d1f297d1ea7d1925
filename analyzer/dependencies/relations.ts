import { mapped } from '../base/mapped.ts'
import { int32Zeros } from '../base/zeros.ts'
import type { CallEffect } from '../model/dependency.ts'
import { type Comparer, comparerOf, numbered } from './comparer.ts'
import { type Mentions, NOTHING, shareName } from './mentions.ts'
import type { ResourceRelation } from './resources.ts'
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

/** What is known of the order of two calls, the world considered. One object for all pairs of which the same is known. */
export interface Relation {
  /** Its place among the relations of the run. */
  readonly index: number
  /** How they can get in each other's way, in words: `write then read, same`. The key under which cases are counted. */
  readonly name: string
  /** P(their order matters to the world). An unknown effect is a write. 0 for two reads. */
  readonly probability: number
  /** A hazard only if two things that could not be told apart are one, and nothing says that they are. */
  readonly guessed: boolean
}

export interface RelationOf {
  (i: number, j: number): Relation
  /** Calls that differ only in the things that they name have one number. */
  readonly classOf: Int32Array
  /** The relations that two calls of these classes can have. One object for all pairs of classes of one kind. */
  readonly ofClasses: (first: number, second: number) => ByThings
  /** How the things relate that two calls name. */
  readonly compare: Comparer
}

/** What is known of two calls, by how the things relate that they name. */
export interface ByThings extends Readonly<Record<ResourceRelation, Relation>> {
  /** Whether it makes no difference how the things relate. */
  readonly alike: boolean
  /** Of two services: what holds if both name one thing. */
  readonly together?: ByThings
}

/**
 * The relation of calls i < j. Calls are put into classes by all that counts but the things they name, and each kind of pair
 * of classes is thought about once: O(1) a pair, and things are only compared where one of the two may change them.
 * @param mentionsOf what a call's arguments name; asked of calls of two services.
 */
export function relationsOf(
  actors: readonly Actor[],
  mentionsOf: (call: number) => Mentions = () => NOTHING,
): RelationOf {
  const { classOf, examples } = classesOf(actors)
  const compare = comparerOf(mapped(actors, ({ resources }) => resources))
  const kindOfPair = pairKindsOf(examples)
  /** Per kind of pair. */
  const known: ByThings[] = []
  let relations = 0
  const nextIndex = () => relations++
  const ofClasses = (first: number, second: number): ByThings => {
    const kind = kindOfPair(first, second)
    let relation = known[kind]
    if (relation === undefined) {
      relation = relationOfClasses(examples[first]!, examples[second]!, nextIndex)
      known[kind] = relation
    }
    return relation
  }
  const relationOf = (i: number, j: number): Relation => {
    let relation = ofClasses(classOf[i]!, classOf[j]!)
    if (relation.together !== undefined && shareName(mentionsOf(i), mentionsOf(j))) {
      relation = relation.together
    }
    return relation.alike ? relation.same : relation[compare(i, j)]
  }
  return Object.assign(relationOf, { classOf, ofClasses, compare })
}

/** The class of each call, and a call of each class. */
function classesOf(actors: readonly Actor[]) {
  const classOf = int32Zeros(actors.length)
  const examples: Actor[] = []
  /** Per class: whether its calls name a path. */
  const onPaths: boolean[] = []
  const byTool = new Map<string, number[]>()
  for (let call = 0; call < actors.length; call++) {
    const actor = actors[call]!
    let ofTool = byTool.get(actor.tool)
    if (ofTool === undefined) {
      ofTool = []
      byTool.set(actor.tool, ofTool)
    }
    const onPath = actor.resources.some(isPath)
    let found = -1
    for (const candidate of ofTool) {
      if (onPaths[candidate] === onPath && isAlikeClass(examples[candidate]!, actor)) found = candidate
    }
    if (found === -1) {
      found = examples.push(actor) - 1
      onPaths.push(onPath)
      ofTool.push(found)
    }
    classOf[call] = found
  }
  return { classOf, examples }
}

/** Of one tool, and either both or none on paths. */
function isAlikeClass(a: Actor, b: Actor): boolean {
  return (
    a.effect.kind === b.effect.kind &&
    (a.effect.from === 'arguments') === (b.effect.from === 'arguments') &&
    a.pure === b.pure &&
    a.session === b.session &&
    a.service === b.service
  )
}

/** How two classes stand to each other, a bit each. */
const ONE_TOOL = 1
const ONE_SESSION = 2
const OTHER_SERVICE = 4
const ALIKE = 8
const STANDINGS = 16

/**
 * A number for all pairs of classes of which the same is said: by what each of the two is, and by how their names stand to
 * each other. A run of thousands of tools has millions of pairs of classes, too many to keep anything for each, and of a few
 * kinds: at most 64 by 64 by 16, whatever the run.
 */
function pairKindsOf(examples: readonly Actor[]): (first: number, second: number) => number {
  const numberOfKind = new Map<string, number>()
  const numberOfTool = new Map<string, number>()
  const numberOfSession = new Map<string, number>()
  const numberOfService = new Map<string, number>()
  const numberOfSubject = new Map<string, number>()
  const kinds = int32Zeros(examples.length)
  const tools = int32Zeros(examples.length)
  const sessions = int32Zeros(examples.length)
  /** -1 for none that can be another one than a second. */
  const services = int32Zeros(examples.length)
  /** A bit in 32 for each subject: classes without a common bit have no subject in common. */
  const subjects = int32Zeros(examples.length)
  for (let at = 0; at < examples.length; at++) {
    const { tool, effect, pure, session, service, resources, subjects: about } = examples[at]!
    const traits = [effect.from === 'arguments', pure === true, session !== undefined, resources.some(isPath)]
    kinds[at] = numbered(numberOfKind, `${effect.kind} ${traits.join(' ')}`)
    tools[at] = numbered(numberOfTool, tool)
    sessions[at] = session === undefined ? -1 : numbered(numberOfSession, session)
    services[at] = isApart(service) ? numbered(numberOfService, service) : -1
    for (const subject of about) subjects[at] = subjects[at]! | (1 << (numbered(numberOfSubject, subject) & 31))
  }
  const count = numberOfKind.size
  return (first, second) => {
    const service = services[first]!
    const otherService = services[second]!
    const mayBeAlike = (subjects[first]! & subjects[second]!) !== 0
    const standing =
      (tools[first] === tools[second] ? ONE_TOOL : 0) |
      (sessions[first] === sessions[second] ? ONE_SESSION : 0) |
      (service !== otherService && service !== -1 && otherService !== -1 ? OTHER_SERVICE : 0) |
      (mayBeAlike && isAlike(examples[first]!, examples[second]!) ? ALIKE : 0)
    return (kinds[first]! * count + kinds[second]!) * STANDINGS + standing
  }
}

function relationOfClasses(a: Actor, b: Actor, nextIndex: () => number): ByThings {
  const of = (things: ResourceRelation): Relation => ({
    index: nextIndex(),
    name: relationName(a, b, things),
    probability: stateProbability(a, b, things),
    guessed: isGuessedHazard(a, b, things),
  })
  const same = of('same')
  // Two that only read get along whatever they read, and whoever has it: most pairs, and nothing is compared for them.
  if (same.name === READS && same.probability === 0) return { same, different: same, unknown: same, alike: true }
  const [different, unknown] = [of('different'), of('unknown')]
  const alike = [different, unknown].every(
    (other) => other.name === same.name && other.probability === same.probability && other.guessed === same.guessed,
  )
  if (!isOtherService(a, b)) return { same, different, unknown, alike }
  const together = relationOfClasses({ ...a, service: '' }, { ...b, service: '' }, nextIndex)
  return { same, different, unknown, alike, together }
}

/** P(the order of two calls matters to the world), `a` being the earlier. An unknown effect is a write. 0 for two reads. */
function stateProbability(a: Actor, b: Actor, things: ResourceRelation): number {
  if (a.pure === true || b.pure === true) return 0
  if (a.session !== undefined || b.session !== undefined) {
    const named = namedSessions(a, b, things)
    if (named !== undefined) return named
  }
  const [first, second] = [a.effect.kind, b.effect.kind]
  if (first === 'read' && second === 'read') return 0
  if (first === 'session' && second === 'session') return STATE.sessions
  if (first === 'session' || second === 'session') return STATE.sessionAndOther
  // What both name may be one thing behind two services, and files are: only what shares nothing is cleared.
  const otherService = isOtherService(a, b)
  if (otherService && things !== 'same' && !writesUnseenFile(a, b, things)) return STATE.otherService
  if (second === 'read') return STATE.readAfterWrite[things]
  if (first === 'read') return STATE.writeAfterRead[things]
  if (things === 'same' && a.tool === b.tool) return STATE.sameToolSameThing
  return STATE.writeAfterWrite[things]
}

/** The user named what one of them acts on: that keeps its own order and no other. A session without a name may be any. */
function namedSessions(a: Actor, b: Actor, things: ResourceRelation): number | undefined {
  if (a.session === b.session) return 1
  const unnamed = a.session === undefined ? a : b.session === undefined ? b : null
  if (unnamed?.effect.kind === 'session') return undefined
  return things === 'same' ? STATE.readAfterWrite.same : 0
}

function isGuessedHazard(a: Actor, b: Actor, things: ResourceRelation): boolean {
  const sessions = [a, b].some(({ effect, session }) => effect.kind === 'session' || session !== undefined)
  return !sessions && things === 'unknown' && !isAlike(a, b)
}

/** What other services keep their things in, or are reached through: to be named otherwise clears nothing. */
const GROUND = new Set(
  (
    'db database sql sqlite postgres postgresql mysql mariadb mongo mongodb redis supabase snowflake bigquery s3 storage ' +
    'api http https rest web fetch request requests graphql shell bash terminal exec docker kubernetes k8s helm ' +
    'terraform aws gcp azure git dbt clickhouse zapier n8n'
  ).split(' '),
)

function isOtherService(a: Actor, b: Actor): boolean {
  return a.service !== b.service && isApart(a.service) && isApart(b.service)
}

/** Whether a service keeps its things to itself. */
const isApart = (service: string): boolean => service !== '' && !wordsOf(service).some((word) => GROUND.has(word))

/** One writes a file and the other may be about it: every service of one machine sees the same disk. */
function writesUnseenFile(a: Actor, b: Actor, things: ResourceRelation): boolean {
  if (things !== 'unknown') return false
  return [a, b].some(({ effect, resources }) => effect.kind !== 'read' && resources.some(isPath))
}

const isPath = (resource: string): boolean => resource.startsWith('path:')

const READS = 'reads'

function relationName(a: Actor, b: Actor, things: ResourceRelation): string {
  if (a.pure === true || b.pure === true) return READS
  if (a.effect.kind === 'read' && b.effect.kind === 'read') return READS
  const kinds = [a, b].map(({ effect }) => (effect.kind === 'unknown' ? 'write' : effect.kind))
  const named = a.session !== undefined || b.session !== undefined ? ', named session' : ''
  const other = isOtherService(a, b) ? ', other service' : ''
  const looksAfter = kinds[0] === 'write' && kinds[1] === 'read'
  // That one tool does a list of separate deeds is said of tools with one deed, and not of those that run any code.
  const runsCode = a.effect.from === 'arguments' && b.effect.from === 'arguments'
  const again =
    a.tool === b.tool && !runsCode
      ? ', one tool'
      : things === 'unknown' && looksAfter && isAlike(a, b)
        ? ', one subject'
        : ''
  return `${kinds[0]} then ${kinds[1]}, ${things}${other}${again}${named}`
}

/** Whether two names are about one thing: `create_ticket` and `list_tickets`. */
function isAlike(a: Actor, b: Actor): boolean {
  return b.subjects.some((subject) => a.subjects.includes(subject))
}
