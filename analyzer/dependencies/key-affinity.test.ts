import { expect, test } from 'vitest'
import { affinityOf } from './key-affinity.ts'

const of = (key: string, ...context: string[]) => ({ key, context })

test.each([
  ['the same name, in another style', of('orderId'), of('order_id'), 2],
  ['an id, and the tool that made the thing', of('ticket_id', 'get_ticket'), of('id', 'create_ticket'), 2],
  ['an id, and the list that it stands in', of('ticket_id', 'close'), of('id', 'find', 'tickets'), 2],
  ['a bare id, asked of the thing that the result names', of('id', 'get_ticket'), of('ticket_id', 'find'), 2],
  ['an id of something else', of('ticket_id', 'get_ticket'), of('id', 'create_user'), 1],
  ['the same last word', of('from_city', 'x'), of('to_city', 'y'), 1],
  ['nothing', of('amount', 'pay'), of('id', 'create_ticket'), 0],
  ['no names', of('', 'pay'), of('', 'pay'), 0],
])('%s', (_, argument, property, affinity) => {
  expect(affinityOf(argument, property)).toBe(affinity)
})
