// The exporters: sends requests over a few connections, each as soon as the one before has its answer, and prints the spans
// that were acknowledged per second.

import { Agent, request } from 'node:http'
import { credentials, makeClientConstructor } from '@grpc/grpc-js'
import { type AgentRequest, agentRequest, SPANS_PER_REQUEST, stamp } from '../agent-requests.ts'

const CONNECTIONS = 4
const WARM_UP = 12

const [url, encoding, transport, requests] = process.argv.slice(2) as [string, 'protobuf' | 'json', string, string]
const templates = Array.from({ length: CONNECTIONS }, (_, n) => agentRequest(n, encoding))
const send = transport === 'grpc' ? createGrpcSender() : sendHttp
const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })

let sending = 0
await sendMany(WARM_UP)
const startMs = performance.now()
await sendMany(Number(requests))
console.log((Number(requests) * SPANS_PER_REQUEST * 1000) / (performance.now() - startMs))
process.exit()

async function sendMany(count: number): Promise<void> {
  const last = sending + count
  await Promise.all(
    templates.map(async (template) => {
      while (sending < last) {
        stamp(template, encoding, ++sending)
        await send(template)
      }
    }),
  )
}

function sendHttp({ body }: AgentRequest): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = {
      'Content-Type': encoding === 'json' ? 'application/json' : 'application/x-protobuf',
      'Content-Length': body.length,
    }
    const sent = request(`${url}/v1/traces`, { method: 'POST', headers, agent }, (response) => {
      response.resume()
      response.once('end', () =>
        response.statusCode === 200 ? resolve() : reject(new Error(`the answer was ${response.statusCode}`)),
      )
    })
    sent.once('error', reject)
    sent.end(body)
  })
}

/** One client for each connection: grpc-js would put all calls of one client on one. */
function createGrpcSender(): (request: AgentRequest) => Promise<void> {
  const same = (bytes: Buffer) => bytes
  const Client = makeClientConstructor(
    {
      Export: {
        path: '/opentelemetry.proto.collector.trace.v1.TraceService/Export',
        requestStream: false,
        responseStream: false,
        requestSerialize: same,
        requestDeserialize: same,
        responseSerialize: same,
        responseDeserialize: same,
      },
    },
    'TraceService',
  )
  const address = url.replace(/^\w+:\/\//, '')
  const options = { 'grpc.max_send_message_length': -1, 'grpc.use_local_subchannel_pool': 1 }
  const clients = new Map(
    templates.map((template) => [template, new Client(address, credentials.createInsecure(), options)]),
  )
  return (template) =>
    new Promise((resolve, reject) => {
      const call = clients.get(template)!.Export as unknown as (
        body: Buffer,
        done: (error: Error | null) => void,
      ) => void
      call.call(clients.get(template), template.body, (error) => (error ? reject(error) : resolve()))
    })
}
