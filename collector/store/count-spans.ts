import { type ReadStore, statement } from './store.ts'

/** How much is stored. Reads the list of traces, not the spans. */
export function countSpans(store: ReadStore): { traces: number; spans: number } {
  const sql = 'SELECT count(*) AS traces, coalesce(sum(span_count), 0) AS spans FROM traces'
  const row = statement<{ traces: bigint; spans: bigint }>(store.reader, sql).get()
  return { traces: Number(row?.traces ?? 0n), spans: Number(row?.spans ?? 0n) }
}
