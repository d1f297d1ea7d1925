import { expect, test } from 'vitest'
import { formsIn, formsOf } from './spoken-forms.ts'

const exactly = (said: string, value: string | number) => {
  const forms = formsIn(said).exact
  return formsOf(value).exact.some((form) => forms.has(form))
}
const loosely = (said: string, value: string | number) => {
  const forms = formsIn(said).loose
  return formsOf(value).loose.some((form) => forms.has(form))
}

test.each<[string, string | number]>([
  ['On March 14th, please.', '2019-03-14'],
  ['the 3rd of March 2019', '2019-03-03'],
  ['14 Sept', '2025-09-14'],
  ['3/14', '2019-03-14'],
  ['14.3.2019', '2019-03-14'],
  ['2019-03-14', 'March 14, 2019'],
  ['1:45 pm', '13:45'],
  ['1.45 pm', '13:45'],
  ['2:15 in the afternoon', '14:15'],
  ['quarter to 2', '13:45'],
  ['half past nine', '09:30'],
  ['three pm', '15:00'],
  ["5 o'clock", '17:00'],
  ['at noon', '12:00'],
  ['12:30 a.m.', '00:30'],
  ['for four people', 4],
  ['a couple of nights', '2'],
  ['at 5 % interest', 0.05],
  ['12.5 percent', 0.125],
])('%s is %j', (said, value) => {
  expect(exactly(said, value)).toBe(true)
})

test.each<[string, string | number]>([
  ['the 14th', '2019-03-14'],
  ['next Thursday', '2019-03-14'],
  ['tomorrow', '2019-03-14'],
  ['two years ago', 2017],
  ['am 14.3. morgens', '2019-03-14'],
  ['Postgres 14.3', '2019-03-14'],
  ['um 9.30', '09:30'],
])('%s may be %j', (said, value) => {
  expect(loosely(said, value)).toBe(true)
  expect(exactly(said, value)).toBe(false)
})

test.each<[string, string | number]>([
  ['March 14th', '2019-03-15'],
  ['the 14th', '2019-03-15'],
  ['next Monday', '2019-03-14'],
  ['1:45 pm', '01:45'],
  ['it costs 9.30 EUR', '21:30'],
  ['version 14.3.7', '2019-03-14'],
  ['14.3', '2019-03-15'],
  ['99:99 pm', '13:45'],
  ['someone', 1],
  ['forty people', 4],
])('%s is not %j', (said, value) => {
  expect(exactly(said, value) || loosely(said, value)).toBe(false)
})
