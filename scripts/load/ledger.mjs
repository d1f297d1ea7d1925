// What was acknowledged, and whether the file holds it: every acknowledged span once, every other export whole or not at all.

import Database from 'better-sqlite3'

export function createLedger() {
  const exports = new Map()
  return {
    /** Call before an export is sent. */
    open: (made) =>
      exports.set(made.n, {
        spans: made.spans.map((span) => span.spanId),
        acknowledged: exports.get(made.n)?.acknowledged ?? false,
      }),
    acknowledge(made) {
      exports.get(made.n).acknowledged = true
    },
    get acknowledgedExports() {
      let count = 0
      for (const { acknowledged } of exports.values()) if (acknowledged) count += 1
      return count
    },
    entries: () => exports.entries(),
  }
}

/** Looks at a file that no server has open. `faults` are sentences; none means that all is well. */
export function audit(dbFile, ledger) {
  // Opened for writing, as the next server would: what the log holds is recovered.
  const database = new Database(dbFile)
  try {
    const faults = []
    const integrity = database.pragma('integrity_check', { simple: true })
    if (integrity !== 'ok') faults.push(`integrity_check: ${integrity}`)
    const ids = database.prepare('SELECT span_id FROM spans').pluck()
    const stored = new Set()
    let rows = 0
    for (const id of ids.iterate()) {
      stored.add(Buffer.isBuffer(id) ? id.toString('hex') : id)
      rows += 1
    }
    if (stored.size !== rows) faults.push(`${rows - stored.size} spans are stored twice`)
    const counted = database.prepare('SELECT coalesce(sum(span_count), 0) FROM traces').pluck().get()
    if (counted !== rows) faults.push(`the traces count ${counted} spans, ${rows} are stored`)
    let acknowledgedSpans = 0
    for (const [n, { spans, acknowledged }] of ledger.entries()) {
      const found = spans.reduce((sum, id) => sum + (stored.has(id) ? 1 : 0), 0)
      if (acknowledged) acknowledgedSpans += spans.length
      if (acknowledged && found < spans.length)
        faults.push(`export ${n} was acknowledged, ${spans.length - found} of its ${spans.length} spans are missing`)
      else if (found > 0 && found < spans.length)
        faults.push(`export ${n} was not acknowledged and is stored by half: ${found} of ${spans.length}`)
    }
    return { faults, rows, acknowledgedSpans }
  } finally {
    database.close()
  }
}
