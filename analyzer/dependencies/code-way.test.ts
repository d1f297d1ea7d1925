import { describe, expect, it } from 'vitest'
import { codeWay } from './code-way.ts'

const part = (separator: string, place: number) => ({ kind: 'part', separator, place })

describe('the way of code from one text to another', () => {
  it('cuts once where one separator stands on each side that has something', () => {
    expect(codeWay('customers/CUS-88', 'CUS-88')).toEqual([part('/', -1)])
    expect(codeWay('a/b/c', 'b')).toEqual([part('/', 1)])
    expect(codeWay('s3://bucket', 'bucket')).toEqual([part('://', -1)])
  })

  it('cuts at both sides where they differ, the outer separator first', () => {
    expect(codeWay('https://host/c/42?v=1', '42')).toEqual([part('?', 0), part('/', -1)])
    expect(codeWay('https://host/c/42?v=1', 42)).toEqual([part('?', 0), part('/', -1), { kind: 'number' }])
  })

  it('writes in one case before it cuts', () => {
    expect(codeWay(' team/Platform ', 'platform')).toEqual([{ kind: 'trim' }, { kind: 'lower' }, part('/', -1)])
    expect(codeWay('team/platform', 'PLATFORM')).toEqual([{ kind: 'upper' }, part('/', -1)])
    expect(codeWay('Straße', 'STRASSE')).toEqual([{ kind: 'upper' }])
  })

  it('is none where the other stands there twice, within a word, or not at all', () => {
    expect(codeWay('42/c/42', '42')).toBeUndefined()
    expect(codeWay('c/x42y/d', '42')).toBeUndefined()
    expect(codeWay('c/d', '42')).toBeUndefined()
    expect(codeWay('c/s3:/b', 's3:')).toEqual([part('/', 1)])
    expect(codeWay('-s3://b', 's3:/')).toBeUndefined()
  })

  it('is not looked for in long texts, but for the case of all of them', () => {
    const long = `${'a/'.repeat(99)}42`
    expect(codeWay(long, '42')).toEqual([part('/', -1)])
    expect(codeWay(`a/${long}`, '42')).toBeUndefined()
    expect(codeWay(`a/${long}`, `A/${long.toUpperCase()}`)).toEqual([{ kind: 'upper' }])
  })

  it('makes no more parts of a text full of separators than those next to the other allow', () => {
    const separators = ['?', '#', '&', ';', ',', '|', '=', '/', ':', '@', '.', '_', '-']
    const around = separators
      .map((separator) => `${separator}a`)
      .join('')
      .repeat(3)
    const split = String.prototype.split
    let splits = 0
    String.prototype.split = function (this: string, ...how: [never]) {
      splits++
      return split.apply(this, how)
    } as typeof split
    try {
      expect(codeWay(`${around}x42y${around}`, '42')).toBeUndefined()
      expect(splits).toBe(0)
      expect(codeWay(`${around}/42?${around}`, '42')).toEqual([part('?', 3), part('/', -1)])
      expect(splits).toBeLessThan(10)
    } finally {
      String.prototype.split = split
    }
  })
})
