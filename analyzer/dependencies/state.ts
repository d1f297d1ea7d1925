// Hazards, as an out-of-order processor knows them: read after write, write after read, write after write. Only direct
// ones are kept. Per resource: the last writer, and who read since. A call that changes nobody knows what is a barrier:
// it waits for all that is open in its service, and what comes after waits for it. Each call is consumed by the next
// barrier or writer, so the edges grow with the calls and not with their square.
//
//   write a | read a   read a | write a | read b      edges: 0>1 0>2 1>3 2>3
//     0         1        2        3         4         (0>3 follows from 0>1>3)

import type { Run } from '../model/run.ts'
import type { Edge } from './edges.ts'
import { type Actor, stateProbability } from './relations.ts'
import { thingOf } from './resources.ts'

/** A read of nobody knows what is held against so many open writers; the pair's own probability covers the rest. */
const MAX_OPEN = 32

interface World {
  barrier: number
  lastWriter: Map<string, number>
  readersSince: Map<string, number[]>
  /** Calls since the barrier that name no resource. */
  vague: number[]
  /** All calls since the barrier. */
  open: number[]
  writers: number[]
}

/** State and session edges of a run, without those that follow from others. */
export function stateEdges(run: Run, actors: readonly Actor[]): Edge[] {
  const worlds = new Map<string, World>()
  const edges: Edge[] = []
  run.calls.forEach((_, j) => {
    const actor = actors[j] as Actor
    const world = worlds.get(actor.service) ?? newWorld()
    worlds.set(actor.service, world)
    for (const i of [...new Set(waitsFor(world, actor))].sort((a, b) => a - b)) {
      const confidence = stateProbability(actors[i] as Actor, actor)
      if (confidence > 0) edges.push(edgeOf(i, j, actors[i] as Actor, actor, confidence))
    }
    enter(world, actor, j)
  })
  return edges
}

function waitsFor(world: World, actor: Actor): number[] {
  if (isBarrier(actor)) return world.open.length > 0 ? world.open : present(world.barrier)
  const found = present(world.barrier)
  if (actor.effect.kind === 'read' && actor.resources.length === 0) return [...found, ...world.writers.slice(-MAX_OPEN)]
  for (const thing of thingsOf(actor)) {
    const readers = actor.effect.kind === 'read' ? undefined : world.readersSince.get(thing)
    // A writer that waits for the readers waits, through them, for the writer before.
    if (readers !== undefined) found.push(...readers)
    else found.push(...present(world.lastWriter.get(thing) ?? -1))
  }
  if (actor.effect.kind !== 'read') found.push(...world.vague.slice(-MAX_OPEN))
  return found
}

function enter(world: World, actor: Actor, j: number): void {
  if (isBarrier(actor)) {
    Object.assign(world, newWorld())
    world.barrier = j
    return
  }
  world.open.push(j)
  if (actor.effect.kind !== 'read') world.writers.push(j)
  if (actor.resources.length === 0) world.vague.push(j)
  for (const thing of thingsOf(actor)) {
    if (actor.effect.kind === 'read') {
      const readers = world.readersSince.get(thing)
      if (readers === undefined) world.readersSince.set(thing, [j])
      else readers.push(j)
    } else {
      world.lastWriter.set(thing, j)
      world.readersSince.delete(thing)
    }
  }
}

const isBarrier = (actor: Actor): boolean =>
  actor.effect.kind === 'session' || (actor.effect.kind !== 'read' && actor.resources.length === 0)

const thingsOf = (actor: Actor): Set<string> => new Set(actor.resources.map(thingOf))

const present = (call: number): number[] => (call < 0 ? [] : [call])

function newWorld(): World {
  return { barrier: -1, lastWriter: new Map(), readersSince: new Map(), vague: [], open: [], writers: [] }
}

function edgeOf(from: number, to: number, a: Actor, b: Actor, confidence: number): Edge {
  const sessions = a.effect.kind === 'session' && b.effect.kind === 'session'
  const known = thingsOf(a)
  const shared = b.resources.find((resource) => known.has(thingOf(resource)))
  const value = shared ?? `${a.effect.kind} then ${b.effect.kind}`
  const evidence = [{ toPath: '', fromPath: '', value, transform: 'none', origin: 'effect' as const }]
  return { from, to, kind: sessions ? 'session' : 'state', confidence, evidence }
}
