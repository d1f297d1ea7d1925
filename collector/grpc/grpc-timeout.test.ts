import { expect, test } from 'vitest'
import { timeoutMsOf } from './grpc-timeout.ts'

test.each([
  ['1H', 3_600_000],
  ['2M', 120_000],
  ['3S', 3000],
  ['250m', 250],
  ['500u', 0.5],
  ['1n', 1e-6],
  [undefined, Number.POSITIVE_INFINITY],
  ['', null],
  ['1', null],
  ['-1S', null],
  ['123456789S', null],
])('grpc-timeout %s is %s ms', (header, ms) => expect(timeoutMsOf(header)).toBe(ms))
