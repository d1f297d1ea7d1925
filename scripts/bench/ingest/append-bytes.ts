// The disk: the bytes of the requests appended to a file, with one fdatasync each.

import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs'
import { agentRequest, SPANS_PER_REQUEST } from '../agent-requests.ts'

const TEMPLATES = 4
const WARM_UP = 12

const [file, requests] = process.argv.slice(2) as [string, string]
const templates = Array.from({ length: TEMPLATES }, (_, n) => agentRequest(n, 'protobuf').body)
const target = openSync(file, 'a')
append(WARM_UP)
const startMs = performance.now()
append(Number(requests))
console.log((Number(requests) * SPANS_PER_REQUEST * 1000) / (performance.now() - startMs))
closeSync(target)

function append(count: number): void {
  for (let i = 0; i < count; i++) {
    const body = templates[i % TEMPLATES]!
    for (let written = 0; written < body.length; ) written += writeSync(target, body, written)
    fdatasyncSync(target)
  }
}
