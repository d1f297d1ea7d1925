import { expect, test } from 'vitest'
import type { Json } from '../model/json.ts'
import { leavesOf } from './leaves.ts'
import { tellsOfOutput } from './output-files.ts'

test.each<[Json, boolean]>([
  [{ path: 'report.pdf', output_path: 'report.txt' }, true],
  [{ url: 'https://example.org/a.csv', save_to: 'data.csv' }, true],
  [{ source: 'guide.md', destination: 'guide.de.md' }, true],
  [{ query: 'x', outputFile: 'results' }, true],
  [{ query: 'x', out: 'x.json' }, true],
  [{ text: 'x', dest: '/data/x' }, true],
  [{ file: 'a.png', target: 'b.png' }, true],
  [{ path: 'src', fix: true }, true],
  [{ queue: 'jobs', delete_after_reading: true }, true],
  [{ folder: 'in', mark_as_read: true }, true],
  // Neither a file nor a deed.
  [{ origin: 'OSL', destination: 'BGO' }, false],
  [{ from: 'Oslo', destination: 'St. Gallen' }, false],
  [{ destination: 'example.com' }, false],
  [{ target_file: 'src/a.ts' }, false],
  [{ path: 'a.pdf', output_format: 'text/csv' }, false],
  [{ path: 'a.pdf', output: 'json' }, false],
  [{ path: 'a.pdf', output: 'text/x.plain' }, false],
  [{ hotel: 'h1', check_out: '/05/' }, false],
  [{ path: 'src', fix: false, recursive: true, include_deleted: true }, false],
])('%j: %s', (args, writes) => {
  expect(tellsOfOutput(leavesOf(args))).toBe(writes)
})
