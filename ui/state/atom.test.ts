import { expect, test } from 'vitest'
import { atom } from './atom.ts'

test('subscribers hear of changes, and only of changes', () => {
  const count = atom(1)
  const heard: number[] = []
  const stop = count.subscribe(() => heard.push(count.get()))
  count.set(2)
  count.set(2)
  count.set(3)
  stop()
  count.set(4)
  expect(heard).toEqual([2, 3])
  expect(count.get()).toBe(4)
})

test('a listener that stops another while being told does not break the telling', () => {
  const value = atom('a')
  const heard: string[] = []
  const stops: (() => void)[] = []
  stops.push(value.subscribe(() => stops[1]?.()))
  stops.push(value.subscribe(() => heard.push('second')))
  stops.push(value.subscribe(() => heard.push('third')))
  value.set('b')
  value.set('c')
  expect(heard).toEqual(['second', 'third', 'third'])
})
