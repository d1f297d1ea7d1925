import { expect, test } from 'vitest'
import { encodeResponse, encodeStatus, RPC_CODES } from './encode-answer.ts'
import { encodingOf } from './encoding.ts'
import { RpcStatusType, TraceResponseType } from './schema.ts'

const parse = (bytes: Uint8Array): unknown => JSON.parse(new TextDecoder().decode(bytes))

test('full success leaves partial success unset', () => {
  expect(encodeResponse('traces', 'protobuf', 0, '')).toHaveLength(0)
  expect(parse(encodeResponse('traces', 'json', 0, ''))).toEqual({})
})

test('partial success carries count and reason', () => {
  expect(parse(encodeResponse('traces', 'json', 2, 'why'))).toEqual({
    partialSuccess: { rejectedSpans: '2', errorMessage: 'why' },
  })
  const message = TraceResponseType.decode(encodeResponse('traces', 'protobuf', 2, 'why'))
  expect(TraceResponseType.toObject(message, { longs: Number })).toEqual({
    partialSuccess: { rejectedSpans: 2, errorMessage: 'why' },
  })
})

test('a Status in either encoding', () => {
  const status = { code: 3, message: 'bad id' }
  expect(parse(encodeStatus('json', RPC_CODES.invalidArgument, 'bad id'))).toEqual(status)
  const bytes = encodeStatus('protobuf', RPC_CODES.invalidArgument, 'bad id')
  expect(RpcStatusType.toObject(RpcStatusType.decode(bytes))).toEqual(status)
})

test.each([
  ['application/x-protobuf', 'protobuf'],
  ['Application/X-Protobuf', 'protobuf'],
  ['application/json; charset=utf-8', 'json'],
  ['application/protobuf', null],
  ['text/plain', null],
  ['', null],
  [undefined, null],
])('content type %s', (type, encoding) => expect(encodingOf(type)).toBe(encoding))
