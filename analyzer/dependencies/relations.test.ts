import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Effect } from '../model/dependency.ts'
import { comparerOf } from './comparer.ts'
import { type Actor, relationsOf } from './relations.ts'
import { compareResources } from './resources.ts'

const resources = fc.subarray(
  ['id:order 12', 'id:order ORD-12', 'id:user 12', 'path:a', 'path:a/b', 'path:/n/a', 'url:a.example.org', 'in:cart'],
  { maxLength: 3 },
)
const effects: fc.Arbitrary<Effect> = fc.record({
  kind: fc.constantFrom('read', 'write', 'session', 'unknown'),
  from: fc.constantFrom('name', 'arguments'),
})
const named = fc.constantFrom(
  { tool: 'slack_send_message', service: 'slack', subjects: ['message'] },
  { tool: 'github_list_messages', service: 'github', subjects: ['message'] },
  { tool: 'db_query', service: 'db', subjects: [] },
  { tool: 'add_to_cart', service: '', subjects: ['cart'] },
)
const actors: fc.Arbitrary<Actor> = fc
  .tuple(named, effects, resources, fc.constantFrom({}, {}, { pure: true }, { session: 'page' }, { session: 'disk' }))
  .map(([name, effect, touched, said]) => ({ ...name, effect, resources: touched, ...said }))

test('what is said of classes of calls is what is said of each two calls by themselves', () => {
  fc.assert(
    fc.property(fc.array(actors, { minLength: 2, maxLength: 12 }), (all) => {
      const relationOf = relationsOf(all)
      for (let j = 1; j < all.length; j++) {
        for (let i = 0; i < j; i++) {
          const { name, probability, guessed } = relationOf(i, j)
          expect(relationsOf([all[i]!, all[j]!])(0, 1)).toMatchObject({ name, probability, guessed })
        }
      }
    }),
  )
})

test('calls are compared by marks as they are by their lists', () => {
  fc.assert(
    fc.property(fc.array(resources, { minLength: 2, maxLength: 40 }), (lists) => {
      const compare = comparerOf(lists)
      lists.forEach((list, i) => {
        lists.forEach((other, j) => {
          expect(compare(i, j)).toBe(compareResources(list, other))
        })
      })
    }),
  )
})

test('what is known of the pairs of thousands of tools does not grow with them', () => {
  const kinds = ['read', 'write', 'unknown'] as const
  const relationsAmong = (tools: number): number => {
    const relationOf = relationsOf(
      Array.from({ length: tools }, (_, at) => ({
        tool: `tool_${at}`,
        service: `service${at % 7}`,
        subjects: [`subject${at % 11}`],
        effect: { kind: kinds[at % 3]!, from: 'name' },
        resources: [],
      })),
    )
    const found = new Set<unknown>()
    for (let j = 1; j < tools; j++) for (let i = 0; i < j; i++) found.add(relationOf(i, j))
    return found.size
  }
  expect(relationsAmong(1000)).toBe(relationsAmong(500))
})
