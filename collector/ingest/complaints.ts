// Says on the terminal that exporters are turned away by a fault, once for each cause and not for each request.

import type { IngestOutcome } from './ingest.ts'

/** The same complaint is made again after so long, in milliseconds, if it still holds. */
const AGAIN_MS = 30_000

export interface Complaints {
  note(outcome: IngestOutcome): void
}

export function createComplaints(
  warn: (line: string) => void,
  now: () => number = () => performance.now(),
): Complaints {
  let last = ''
  let lastMs = 0
  return {
    note(outcome) {
      if (outcome.kind === 'stored') {
        if (last !== '') warn('exports are stored again')
        last = ''
      } else if (outcome.kind !== 'bad' && (outcome.message !== last || now() - lastMs > AGAIN_MS)) {
        last = outcome.message
        lastMs = now()
        warn(`${last}; ${outcome.kind === 'busy' ? 'exporters are told to try again' : 'the export was refused'}`)
      }
    },
  }
}
