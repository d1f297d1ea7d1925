// `npm run bench analyze`: how long analysis takes beyond decoding, beside one JSON.parse of the same spans in the same
// process. The machine may be noisy: read the ratios.

import { analyze } from '../../analyzer/index.ts'
import { readOtlpFile } from '../../collector/otlp/read-otlp-file.ts'
import { chainRun, falseFanOutRun, fanOutRun, mixedRun, otlpOf, PROMPT } from './analyze/agent-runs.ts'

const ROUNDS = 5

const shapes: [name: string, text: string][] = [
  [
    '100 runs of 100 spans, mixed',
    otlpOf(
      PROMPT,
      Array.from({ length: 100 }, () => mixedRun(11)),
    ),
  ],
  ['one run of 10,000 spans, mixed', otlpOf(PROMPT, [mixedRun(1111)])],
  ['chain of 5,000 calls', otlpOf(PROMPT, [chainRun(5000)])],
  ['fan-out of 5,000 calls, one turn', otlpOf(PROMPT, [fanOutRun(5000)])],
  ['fan-out of 5,000 calls, 5,000 turns', otlpOf(PROMPT, [falseFanOutRun(5000)])],
]
const only = process.argv[2]

console.log(`median of ${ROUNDS} rounds, after one to warm up\n`)
console.log('shape                                  spans     MB   JSON.parse ms   analyze ms   ratio')
for (const [name, text] of shapes) {
  if (only !== undefined && !name.includes(only)) continue
  const bytes = Buffer.from(text)
  const decoded = readOtlpFile(bytes)
  if (!decoded.ok) throw new Error(decoded.error)
  const parseMs = timed(() => JSON.parse(text))
  const analyzeMs = timed(() => analyze(decoded.value.spans))
  const columns = [
    String(decoded.value.spans.length).padStart(7),
    (bytes.length / 1e6).toFixed(1).padStart(6),
    parseMs.toFixed(1).padStart(15),
    analyzeMs.toFixed(0).padStart(12),
    (analyzeMs / parseMs).toFixed(1).padStart(7),
  ]
  console.log(name.padEnd(37) + columns.join(''))
}

/** Median, in ms. */
function timed(run: () => unknown): number {
  run()
  const times = Array.from({ length: ROUNDS }, () => {
    const start = process.hrtime.bigint()
    run()
    return Number(process.hrtime.bigint() - start) / 1e6
  })
  return times.sort((a, b) => a - b)[ROUNDS >> 1]!
}
