// Answers that come before the client has sent all of its message.

import { once } from 'node:events'
import { connect } from 'node:http2'
import { expect, test } from 'vitest'
import { frame, TRACES } from '../conformance/test-grpc-client.ts'
import { protobufRequest } from '../conformance/test-payloads.ts'
import { startServer } from '../conformance/test-server.ts'

test('a connection on which 30 large messages were refused at once takes the next call', {
  timeout: 20_000,
}, async () => {
  const server = await startServer({})
  const session = connect(`http://127.0.0.1:${server.grpcPort}`)
  const call = async (path: string, bytes: Buffer) => {
    const stream = session.request({
      ':method': 'POST',
      ':path': path,
      'content-type': 'application/grpc',
      te: 'trailers',
    })
    stream.resume()
    stream.end(bytes)
    let status: unknown
    const note = (headers: Record<string, unknown>) => {
      status = headers['grpc-status'] ?? status
    }
    stream.on('response', note)
    stream.on('trailers', note)
    await once(stream, 'close')
    return Number(status)
  }
  const large = frame(protobufRequest('x'.repeat(3_000_000)))
  for (let i = 0; i < 30; i++) expect(await call('/no.such.Service/Export', large)).toBe(12)
  expect(await call(TRACES, large)).toBe(0)
  session.close()
})
