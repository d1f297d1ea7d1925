// Hazards, as an out-of-order processor knows them: read after write, write after read, write after write. Only direct
// ones are kept. Per resource: the last writer, and who read since. A call that changes nobody knows what is a barrier:
// it waits for all that is open in its service (a session action: in all), and what comes after waits for it. Each call is consumed by the next
// barrier or writer, so the edges grow with the calls and not with their square.
//
//   write a | read a   read a | write a | read b      edges: 0>1 0>2 1>3 2>3
//     0         1        2        3         4         (0>3 follows from 0>1>3)

import { IntList } from '../base/typed-lists.ts'
import { int32Zeros } from '../base/zeros.ts'
import type { Evidence } from '../model/dependency.ts'
import type { ThingNames } from './comparer.ts'
import { type Edge, type UnlistedEdges, UnlistedList } from './edges.ts'
import { IntRows } from './int-rows.ts'
import type { Actor, RelationOf } from './relations.ts'
import { REPORTED_FROM } from './weights.ts'

/** A read of nobody knows what is held against so many open writers; the pair's own probability covers the rest. */
const MAX_OPEN = 32
/** Of these, so many are listed as edges: more of one kind would tell a reader nothing, and are only counted on for paths. */
const MAX_LISTED = 8

/** What is open in one service. */
interface World {
  barrier: number
  /** Calls since the barrier that name no resource. */
  vague: number[]
  /** All calls since the barrier. */
  open: number[]
  writers: number[]
}

/** Things are shared by all services: two of them may name one file. By the number of what they are called. */
interface Things {
  readonly names: ThingNames
  /** -1 for none. */
  readonly lastWriter: Int32Array
  /** The first and the last of a list in `readers` of those since then, -1 for none. */
  readonly firstReader: Int32Array
  readonly lastReader: Int32Array
  readonly readers: IntRows
  /** In which comparison it was met last. */
  readonly metIn: Int32Array
  comparisons: number
}

/** Cells of a reader: the call, and where the next one is plus one. */
const READER = 0
const NEXT = 1
const READER_CELLS = 2

export interface StateEdges {
  /** Those likely enough to be reported. */
  readonly edges: readonly Edge[]
  readonly unlisted: UnlistedEdges
}

/** State and session edges of a run, without those that follow from others, by the call that they lead to. */
export function stateEdges(actors: readonly Actor[], relationOf: RelationOf): StateEdges {
  const worlds = new Map<string, World>()
  const { names } = relationOf.compare
  const things: Things = {
    names,
    lastWriter: int32Zeros(names.count).fill(-1),
    firstReader: int32Zeros(names.count).fill(-1),
    lastReader: int32Zeros(names.count).fill(-1),
    readers: new IntRows(READER_CELLS),
    metIn: int32Zeros(names.count),
    comparisons: 0,
  }
  const edges: Edge[] = []
  const unlisted = new UnlistedList()
  const evidenceOf = evidenceBy()
  /** What is said where two calls share no thing, by what is known of their order. */
  const evidenceOfKinds: (readonly Evidence[])[] = []
  const lastOfSession = new Map<string, number>()
  let lastSession = -1
  /** Per call: the last one that was held against it. */
  const heldAgainst = int32Zeros(actors.length).fill(-1)
  const waits = new IntList()
  const further = new IntList()
  actors.forEach((actor, j) => {
    if (actor.pure === true) return
    const world = worlds.get(actor.service) ?? newWorld(lastSession)
    worlds.set(actor.service, world)
    const session = actor.effect.kind === 'session'
    // A session is everybody's: what is on the screen, or what a person has just said, is not one service's own.
    const name = actor.session
    waits.clear()
    further.clear()
    if (name !== undefined) {
      waits.push(lastOfSession.get(name) ?? -1)
      waits.push(lastSession)
      addThings(waits, things, actor, j)
    } else if (session) {
      for (const other of worlds.values()) addOpen(waits, other)
      for (const call of lastOfSession.values()) waits.push(call)
    } else addWaits(waits, further, world, things, actor, j)
    const listed = waits.size
    for (let at = 0; at < further.size; at++) waits.push(further.items[at]!)

    for (let at = 0; at < waits.size; at++) {
      const i = waits.items[at]!
      if (i < 0 || heldAgainst[i] === j) continue
      heldAgainst[i] = j
      const earlier = actors[i]!
      if (i < lastSession || (earlier.service === actor.service && i < world.barrier)) continue
      const { probability, index } = relationOf(i, j)
      if (probability >= REPORTED_FROM && at < listed) {
        const sessions = earlier.effect.kind === 'session' && session
        const shared = sharedBy(things, i, j, actor)
        evidenceOfKinds[index] ??= evidenceOf(wordsOn(earlier, actor))
        const evidence = shared === undefined ? evidenceOfKinds[index] : evidenceOf(shared)
        edges.push({ from: i, to: j, kind: sessions ? 'session' : 'state', confidence: probability, evidence })
      } else if (probability > 0) {
        unlisted.add(i, j, probability)
      }
    }
    if (name !== undefined) {
      lastOfSession.set(name, j)
      enterThings(things, actor, j)
    } else if (session) {
      lastSession = j
      worlds.clear()
    } else enter(world, things, actor, j)
  })
  return { edges, unlisted: unlisted.edges() }
}

function addOpen(waits: IntList, world: World): void {
  if (world.open.length === 0) waits.push(world.barrier)
  for (const call of world.open) waits.push(call)
}

/** @param further those that are not listed. */
function addWaits(waits: IntList, further: IntList, world: World, things: Things, actor: Actor, j: number): void {
  const reads = actor.effect.kind === 'read'
  if (isBarrier(actor)) addOpen(waits, world)
  else waits.push(world.barrier)
  if (reads && actor.resources.length === 0) {
    addLatest(further, world.writers, MAX_OPEN, MAX_LISTED)
    addLatest(waits, world.writers, MAX_LISTED)
  }
  addThings(waits, things, actor, j)
  if (!reads && !isBarrier(actor)) addLatest(waits, world.vague, MAX_OPEN)
}

/** The latest `most` calls but for the very latest ones. */
function addLatest(waits: IntList, calls: readonly number[], most: number, without = 0): void {
  for (let at = Math.max(0, calls.length - most); at < calls.length - without; at++) waits.push(calls[at]!)
}

function addThings(waits: IntList, things: Things, actor: Actor, j: number): void {
  const { names, lastWriter, firstReader, readers } = things
  for (let at = names.start[j]!; at < names.start[j + 1]!; at++) {
    const name = names.of[at]!
    let reader = actor.effect.kind === 'read' ? -1 : firstReader[name]!
    // A writer that waits for the readers waits, through them, for the writer before.
    if (reader < 0) waits.push(lastWriter[name]!)
    for (; reader >= 0; reader = readers.cells[READER_CELLS * reader + NEXT]! - 1) {
      waits.push(readers.cells[READER_CELLS * reader + READER]!)
    }
  }
}

function enter(world: World, things: Things, actor: Actor, j: number): void {
  if (isBarrier(actor)) {
    Object.assign(world, newWorld(j))
    return
  }
  world.open.push(j)
  if (actor.effect.kind !== 'read') world.writers.push(j)
  if (actor.resources.length === 0) world.vague.push(j)
  enterThings(things, actor, j)
}

function enterThings(things: Things, actor: Actor, j: number): void {
  const { names, lastWriter, firstReader, lastReader, readers } = things
  for (let at = names.start[j]!; at < names.start[j + 1]!; at++) {
    const name = names.of[at]!
    if (actor.effect.kind !== 'read') {
      lastWriter[name] = j
      firstReader[name] = -1
      continue
    }
    const reader = readers.add()
    readers.cells[READER_CELLS * reader + READER] = j
    if (firstReader[name]! < 0) firstReader[name] = reader
    else readers.cells[READER_CELLS * lastReader[name]! + NEXT] = reader + 1
    lastReader[name] = reader
  }
}

/** A write of nobody knows what. */
const isBarrier = (actor: Actor): boolean => actor.effect.kind !== 'read' && actor.resources.length === 0

const newWorld = (barrier: number): World => ({ barrier, vague: [], open: [], writers: [] })

/** The first thing of call j, whose actor is given, that call i touched too. */
function sharedBy(things: Things, i: number, j: number, { resources }: Actor): string | undefined {
  const { names, metIn } = things
  const comparison = ++things.comparisons
  for (let at = names.start[i]!; at < names.start[i + 1]!; at++) metIn[names.of[at]!] = comparison
  for (let at = 0; at < resources.length; at++) {
    if (metIn[names.of[names.start[j]! + at]!] === comparison) return resources[at]
  }
  return undefined
}

const wordsOn = (a: Actor, b: Actor): string => `${a.effect.kind} then ${b.effect.kind}`

/** The evidence of a hazard, one object for all that are about the same. */
function evidenceBy(): (value: string) => readonly Evidence[] {
  const known = new Map<string, readonly Evidence[]>()
  return (value) => {
    const evidence = known.get(value) ?? [
      { toPath: '', fromPath: '', value, transform: 'none', origin: 'effect' as const },
    ]
    known.set(value, evidence)
    return evidence
  }
}
