// docs/accuracy.md: written from figures, and read back to hold new figures against.

import type { Bin } from './corpus.ts'
import { FIGURES, type FigureName, type Row } from './figures.ts'

export interface Measured {
  readonly threshold: number
  readonly ours: readonly Row[]
  readonly naive: readonly Row[]
  readonly bins: readonly Bin[]
}

const OURS = '## Tailrace'

/** The whole page. The same figures give the same bytes: no date, no path, no machine. */
export function pageOf({ threshold, ours, naive, bins }: Measured): string {
  return `# Accuracy

Written by \`npm run accuracy\`. Labelled episodes of public datasets go through the analyzer as traces whose calls ran strictly one
after another, and the corpora's own program scores the report. Nothing was fitted on these episodes. "Independent" and
"dependent" count when their confidence is at least ${threshold}; below it, and for \`unknown\`, a pair is unsaid.

- **edge precision, recall, F1**: data dependencies said at even odds or better, against the labelled ones.
- **false independence**: of the pairs that depend, the share called independent. Each is a race handed to a user.
- **independence precision, recall**: of the pairs called independent, how many are; of the independent ones, how many were found.
- **false dependence**: of the independent pairs, the share called dependent. **unsaid**: pairs with no verdict to act on.
- **calibration error**: how far confidence is from the share that was right, over ten bins.

A dash: the labels do not tell, or nothing was said.

${OURS}

${figureTable(ours)}

## The naive baseline

An argument that the user did not type and an earlier result contains makes an edge; all else is independent.

${figureTable(naive)}

## Reliability, all corpora together

${tableOf([
  ['confidence', 'verdicts', 'mean confidence', 'right'],
  ...bins.map((bin) => [
    `${bin.from.toFixed(1)} to ${(bin.from + 0.1).toFixed(1)}`,
    String(bin.n),
    shown(bin.confidence),
    shown(bin.right),
  ]),
])}
`
}

/** The rows of Tailrace's own table in a page, by corpus. */
export function readPage(page: string): Map<string, Map<FigureName, number>> {
  const rows = new Map<string, Map<FigureName, number>>()
  const from = page.indexOf(OURS)
  if (from < 0) return rows
  for (const line of page.slice(from, page.indexOf('\n## ', from + 1)).split('\n')) {
    const parts = line.split('|').map((part) => part.trim())
    if (parts.length !== FIGURES.length + 5 || !/^\d+$/.test(parts[2] as string)) continue
    const figures = new Map<FigureName, number>()
    FIGURES.forEach(({ name }, at) => {
      const value = parts[at + 4] as string
      if (value !== '-') figures.set(name, Number(value))
    })
    rows.set(parts[1] as string, figures)
  }
  return rows
}

export function figureTable(rows: readonly Row[]): string {
  const head = ['corpus', 'episodes', 'calls', ...FIGURES.map(({ name }) => name)]
  const body = rows.map(({ corpus, episodes, calls, figures }) => [
    corpus,
    String(episodes),
    String(calls),
    ...FIGURES.map(({ name }) => shown(figures[name])),
  ])
  return tableOf([head, ...body])
}

/** Markdown as the formatter leaves it: columns as wide as their widest cell. */
export function tableOf([head = [], ...body]: readonly (readonly string[])[]): string {
  const widths = head.map((_, at) => Math.max(3, ...[head, ...body].map((row) => row[at]?.length ?? 0)))
  const line = (row: readonly string[]) => `| ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n')
}

const shown = (value: number | null): string => (value === null ? '-' : value.toFixed(4))
