// Scores of one part of the corpora: Tailrace's own, and those of the naive baseline.

import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { analyze } from '../../analyzer/index.ts'
import type { Corpus, Part, Score } from './corpus.ts'

const MAX_REPORT_BYTES = 1 << 28

/** One score per file of episodes, in order of their names. */
export async function measure(
  corpus: Corpus,
  part: Part,
  threshold: number,
): Promise<{ ours: Score[]; naive: Score[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'tailrace-accuracy-'))
  try {
    const ours: Score[] = []
    const naive: Score[] = []
    for (const file of corpus.files(part)) {
      const report = join(folder, `${basename(file)}.report.json`)
      writeFileSync(report, await reportOf(corpus, file))
      ours.push(await corpus.score(file, report, threshold))
      writeFileSync(report, execFileSync(process.execPath, [corpus.baseline, file], { maxBuffer: MAX_REPORT_BYTES }))
      naive.push(await corpus.score(file, report, threshold))
    }
    return { ours, naive }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** One line per run, with what scoring looks at. */
async function reportOf(corpus: Corpus, file: string): Promise<string> {
  const lines: string[] = []
  for await (const episode of corpus.episodesOf(file)) {
    for (const run of analyze(corpus.spansOf(episode), { allPairs: true }).runs) {
      const { traceId, calls, dependencies, verdicts } = run
      const said = { traceId, calls: calls.map(({ id }) => ({ id })), dependencies, verdicts }
      lines.push(JSON.stringify({ runs: [said] }))
    }
  }
  return lines.join('\n')
}
