// Hazards, as an out-of-order processor knows them: read after write, write after read, write after write. Only direct
// ones are kept. Per resource: the last writer, and who read since. A call that changes nobody knows what is a barrier:
// it waits for all that is open in its service (a session action: in all), and what comes after waits for it. Each call is consumed by the next
// barrier or writer, so the edges grow with the calls and not with their square.
//
//   write a | read a   read a | write a | read b      edges: 0>1 0>2 1>3 2>3
//     0         1        2        3         4         (0>3 follows from 0>1>3)

import type { Run } from '../model/run.ts'
import type { Edge } from './edges.ts'
import { type Actor, relationsOf } from './relations.ts'
import { thingOf } from './resources.ts'

/** A read of nobody knows what is held against so many open writers; the pair's own probability covers the rest. */
const MAX_OPEN = 32

/** What is open in one service. */
interface World {
  barrier: number
  /** Calls since the barrier that name no resource. */
  vague: number[]
  /** All calls since the barrier. */
  open: number[]
  writers: number[]
}

/** Things are shared by all services: two of them may name one file. */
interface Things {
  readonly lastWriter: Map<string, number>
  readonly readersSince: Map<string, number[]>
}

/** State and session edges of a run, without those that follow from others. */
export function stateEdges(run: Run, actors: readonly Actor[]): Edge[] {
  const worlds = new Map<string, World>()
  const things: Things = { lastWriter: new Map(), readersSince: new Map() }
  const relationOf = relationsOf(actors)
  const edges: Edge[] = []
  const lastOfSession = new Map<string, number>()
  let lastSession = -1
  run.calls.forEach((_, j) => {
    const actor = actors[j] as Actor
    if (actor.pure === true) return
    const world = worlds.get(actor.service) ?? newWorld(lastSession)
    worlds.set(actor.service, world)
    const session = actor.effect.kind === 'session'
    // A session is everybody's: what is on the screen, or what a person has just said, is not one service's own.
    const name = actor.session
    const waits =
      name !== undefined
        ? [...present(lastOfSession.get(name) ?? -1), ...present(lastSession), ...waitsForThings(things, actor)]
        : session
          ? [...[...worlds.values()].flatMap(openOf), ...lastOfSession.values()]
          : waitsFor(world, things, actor)
    for (const i of [...new Set(waits)].sort((a, b) => a - b)) {
      const earlier = actors[i] as Actor
      if (i < lastSession || (earlier.service === actor.service && i < world.barrier)) continue
      const confidence = relationOf(i, j).probability
      if (confidence > 0) edges.push(edgeOf(i, j, earlier, actor, confidence))
    }
    if (name !== undefined) {
      lastOfSession.set(name, j)
      enterThings(things, actor, j)
    } else if (session) {
      lastSession = j
      worlds.clear()
    } else enter(world, things, actor, j)
  })
  return edges
}

const openOf = (world: World): number[] => (world.open.length > 0 ? world.open : present(world.barrier))

function waitsFor(world: World, things: Things, actor: Actor): number[] {
  const reads = actor.effect.kind === 'read'
  const found = isBarrier(actor) ? [...openOf(world)] : present(world.barrier)
  if (reads && actor.resources.length === 0) found.push(...world.writers.slice(-MAX_OPEN))
  found.push(...waitsForThings(things, actor))
  if (!reads && !isBarrier(actor)) found.push(...world.vague.slice(-MAX_OPEN))
  return found
}

function waitsForThings(things: Things, actor: Actor): number[] {
  const found: number[] = []
  for (const thing of thingsOf(actor)) {
    const readers = actor.effect.kind === 'read' ? undefined : things.readersSince.get(thing)
    // A writer that waits for the readers waits, through them, for the writer before.
    if (readers !== undefined) found.push(...readers)
    else found.push(...present(things.lastWriter.get(thing) ?? -1))
  }
  return found
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
  for (const thing of thingsOf(actor)) {
    if (actor.effect.kind === 'read') {
      const readers = things.readersSince.get(thing)
      if (readers === undefined) things.readersSince.set(thing, [j])
      else readers.push(j)
    } else {
      things.lastWriter.set(thing, j)
      things.readersSince.delete(thing)
    }
  }
}

/** A write of nobody knows what. */
const isBarrier = (actor: Actor): boolean => actor.effect.kind !== 'read' && actor.resources.length === 0

const thingsOf = (actor: Actor): Set<string> => new Set(actor.resources.map(thingOf))

const present = (call: number): number[] => (call < 0 ? [] : [call])

const newWorld = (barrier: number): World => ({ barrier, vague: [], open: [], writers: [] })

function edgeOf(from: number, to: number, a: Actor, b: Actor, confidence: number): Edge {
  const sessions = a.effect.kind === 'session' && b.effect.kind === 'session'
  const known = thingsOf(a)
  const shared = b.resources.find((resource) => known.has(thingOf(resource)))
  const value = shared ?? `${a.effect.kind} then ${b.effect.kind}`
  const evidence = [{ toPath: '', fromPath: '', value, transform: 'none', origin: 'effect' as const }]
  return { from, to, kind: sessions ? 'session' : 'state', confidence, evidence }
}
