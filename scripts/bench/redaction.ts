// `npm run bench redaction`: how fast text is looked through for secrets, beside what the same bytes cost to copy and to
// check as UTF-8 in the same run. The machine may be noisy: read the ratios.

import { isUtf8 } from 'node:buffer'
import { createRedactor, type Redactor } from '../../collector/redaction/redactor.ts'
import { type AgentStrings, agentStrings } from './agent-strings.ts'

const SPANS = 512
const ROUNDS = 9
const REPEAT = 12

const clean = agentStrings(SPANS, 1)
const dirty = agentStrings(SPANS, 1, true)
const target = Buffer.alloc(clean.bytes.length)
const secrets = createRedactor()
const emails = createRedactor({ email: true })

const rows: [string, AgentStrings, () => unknown][] = [
  ['Buffer.copy', clean, () => clean.bytes.copy(target)],
  ['isUtf8, whole', clean, () => isUtf8(clean.bytes)],
  ['isUtf8, value by value', clean, () => eachValue(clean, (from, to) => isUtf8(clean.bytes.subarray(from, to)))],
  ['toString, value by value', clean, () => eachValue(clean, (from, to) => clean.bytes.toString('utf8', from, to))],
  ['redact, no secrets', clean, () => redactAll(secrets, clean)],
  ['redact, e-mail too', clean, () => redactAll(emails, clean)],
  ['redact, secrets in 1 of 20', dirty, () => redactAll(secrets, dirty)],
]

const found = redactAll(secrets, clean)
if (found !== 0) throw new Error(`clean strings must pass untouched, but ${found} were changed`)
if (redactAll(secrets, dirty) === 0) throw new Error('the secrets were not found')

const times = rows.map(() => [] as number[])
for (let round = 0; round < ROUNDS; round++) {
  rows.forEach(([, , run], i) => {
    const start = process.hrtime.bigint()
    for (let n = 0; n < REPEAT; n++) run()
    times[i]!.push(Number(process.hrtime.bigint() - start) / REPEAT)
  })
}

const isUtf8Ns = median(times[1]!)
console.log(
  `${SPANS} spans, ${Math.round(clean.bytes.length / SPANS)} bytes of strings each, median of ${ROUNDS} rounds\n`,
)
console.log('what                          MB/s   us/span   time / isUtf8')
rows.forEach(([name, { bytes }], i) => {
  const ns = median(times[i]!)
  const speed = (bytes.length / ns) * 1000
  const columns = [
    speed.toFixed(0).padStart(8),
    (ns / SPANS / 1000).toFixed(2).padStart(9),
    (ns / isUtf8Ns).toFixed(1).padStart(9),
  ]
  console.log(name.padEnd(26) + columns.join(' '))
})

function redactAll(redactor: Redactor, { bytes, places }: AgentStrings): number {
  let changed = 0
  for (let i = 0; i < places.length; i += 4) {
    const secret = redactor.isSecretName(bytes, places[i]!, places[i + 1]!)
    if (redactor.redact(bytes, places[i + 2]!, places[i + 3]!, secret) !== null) changed++
  }
  return changed
}

function eachValue({ places }: AgentStrings, use: (from: number, to: number) => unknown): void {
  for (let i = 0; i < places.length; i += 4) use(places[i + 2]!, places[i + 3]!)
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
}
