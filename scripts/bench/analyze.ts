// `npm run bench analyze`: how long analysis takes beyond decoding, beside one JSON.parse of the same spans in the same
// process. The machine may be noisy: read the ratios.

import { median } from '../../analyzer/base/median.ts'
import { analyze } from '../../analyzer/index.ts'
import { readOtlpFile } from '../../collector/otlp/read-otlp-file.ts'
import { chainRun, falseFanOutRun, fanOutRun, mixedRun, otlpOf, PROMPT } from './analyze/agent-runs.ts'
import { PHASES, phasesOf } from './analyze/phases.ts'

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

console.log(`median of ${ROUNDS} rounds, after one to warm up; all times in ms\n`)
const headings = ['spans', 'MB', 'JSON.parse', 'decoding', 'analyze', 'ratio', ...PHASES, 'the rest']
console.log(''.padEnd(37) + headings.map((heading) => heading.padStart(11)).join(''))
for (const [name, text] of shapes) {
  if (only !== undefined && !name.includes(only)) continue
  const bytes = Buffer.from(text)
  const decoded = readOtlpFile(bytes)
  if (!decoded.ok) throw new Error(decoded.error)
  const { spans } = decoded.value
  const parseMs = timed(() => JSON.parse(text))
  const decodeMs = timed(() => readOtlpFile(bytes))
  const analyzeMs = timed(() => analyze(spans))
  const rounds = Array.from({ length: ROUNDS }, () => phasesOf(spans))
  const phases = PHASES.map((phase) => median(rounds.map((round) => round[phase])) ?? 0)
  const columns = [
    String(spans.length),
    (bytes.length / 1e6).toFixed(1),
    parseMs.toFixed(1),
    decodeMs.toFixed(0),
    analyzeMs.toFixed(0),
    (analyzeMs / parseMs).toFixed(1),
    ...phases.map((ms) => ms.toFixed(0)),
    Math.max(0, analyzeMs - phases.reduce((sum, ms) => sum + ms, 0)).toFixed(0),
  ]
  console.log(name.padEnd(37) + columns.map((column) => column.padStart(11)).join(''))
}

/** Median, in ms. */
function timed(run: () => unknown): number {
  run()
  const times = Array.from({ length: ROUNDS }, () => {
    const start = process.hrtime.bigint()
    run()
    return Number(process.hrtime.bigint() - start) / 1e6
  })
  return median(times) ?? 0
}
