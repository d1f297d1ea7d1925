// `npm run bench analyze`: how long analysis takes beyond decoding, beside one JSON.parse of the same spans in the same
// process. The machine may be noisy: read the ratios. Each shape is measured in a process of its own, since what the engine
// learns from one would serve the next; `npm run bench analyze mixed` measures the shapes with that word in their name.

import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { median } from '../../analyzer/base/median.ts'
import { analyze } from '../../analyzer/index.ts'
import { readOtlpFile } from '../../collector/otlp/read-otlp-file.ts'
import { chainRun, falseFanOutRun, fanOutRun, mixedRun, otlpOf, PROMPT } from './analyze/agent-runs.ts'
import { PHASES, phasesOf } from './analyze/phases.ts'

/** V8 needs about eight analyses of this size before it has optimised what it will; a server has that behind it at once. */
const WARM_UP = 10
const ROUNDS = 7

const shapes: [name: string, text: () => string][] = [
  [
    '100 runs of 100 spans, mixed',
    () =>
      otlpOf(
        PROMPT,
        Array.from({ length: 100 }, () => mixedRun(11)),
      ),
  ],
  ['one run of 10,000 spans, mixed', () => otlpOf(PROMPT, [mixedRun(1111)])],
  ['chain of 5,000 calls', () => otlpOf(PROMPT, [chainRun(5000)])],
  ['fan-out of 5,000 calls, one turn', () => otlpOf(PROMPT, [fanOutRun(5000)])],
  ['fan-out of 5,000 calls, 5,000 turns', () => otlpOf(PROMPT, [falseFanOutRun(5000)])],
]
const only = process.argv[2]
const named = shapes.filter(([name]) => only === undefined || name.includes(only))

if (named.length === 1) {
  const [[name, text]] = named as [(typeof shapes)[number]]
  printRow(name, measured(text()))
} else {
  console.log(
    `all times in ms: the first analysis of a process (what a command sees), and the median of ${ROUNDS} after ${WARM_UP} to warm up (what a server sees)\n`,
  )
  const headings = ['spans', 'MB', 'JSON.parse', 'decoding', 'first', 'analyze', 'ratio', ...PHASES, 'the rest']
  printRow('', headings)
  for (const [name] of named) {
    const row = spawnSync(process.execPath, [...process.execArgv, fileURLToPath(import.meta.url), name], {
      stdio: 'inherit',
    })
    if (row.status !== 0) process.exit(row.status ?? 1)
  }
}

function measured(text: string): string[] {
  const bytes = Buffer.from(text)
  const decoded = readOtlpFile(bytes)
  if (!decoded.ok) throw new Error(decoded.error)
  const { spans } = decoded.value
  const firstMs = timed(() => analyze(spans))
  const parseMs = medianMs(1, () => JSON.parse(text))
  const decodeMs = medianMs(1, () => readOtlpFile(bytes))
  const analyzeMs = medianMs(WARM_UP, () => analyze(spans))
  const rounds = Array.from({ length: ROUNDS }, () => phasesOf(spans))
  const phases = PHASES.map((phase) => median(rounds.map((round) => round[phase])) ?? 0)
  return [
    String(spans.length),
    (bytes.length / 1e6).toFixed(1),
    parseMs.toFixed(1),
    decodeMs.toFixed(0),
    firstMs.toFixed(0),
    analyzeMs.toFixed(0),
    (analyzeMs / parseMs).toFixed(1),
    ...phases.map((ms) => ms.toFixed(0)),
    Math.max(0, analyzeMs - phases.reduce((sum, ms) => sum + ms, 0)).toFixed(0),
  ]
}

function printRow(name: string, columns: readonly string[]): void {
  console.log(name.padEnd(37) + columns.map((column) => column.padStart(11)).join(''))
}

function medianMs(warmUp: number, run: () => unknown): number {
  for (let round = 0; round < warmUp; round++) run()
  return median(Array.from({ length: ROUNDS }, () => timed(run))) ?? 0
}

function timed(run: () => unknown): number {
  const start = process.hrtime.bigint()
  run()
  return Number(process.hrtime.bigint() - start) / 1e6
}
