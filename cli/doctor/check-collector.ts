import { oneLine, shortName } from '../../analyzer/base/one-line.ts'
import type { Answer } from '../server/probe.ts'
import type { Check } from './check.ts'

/** What the answer at the collector's address means. Pure. */
export function checkCollector(url: string, answer: Answer): Check {
  switch (answer.kind) {
    case 'tailrace': {
      const { version, database, spans, traces } = answer.health
      return {
        id: 'collector',
        status: 'ok',
        says: `Tailrace ${shortName(version)} is at ${url}, with ${counted(spans, 'span')} in ${counted(traces, 'trace')} in ${oneLine(database)}.`,
        advice: '',
      }
    }
    case 'other':
      return {
        id: 'collector',
        status: 'problem',
        says: `Something else than Tailrace answers at ${url}.`,
        advice: 'Stop it, or start tailrace with --port and set OTEL_EXPORTER_OTLP_ENDPOINT to that.',
      }
    case 'nobody':
      return {
        id: 'collector',
        status: 'note',
        says: `Nobody answers at ${url} (${oneLine(answer.reason)}).`,
        advice: 'Start tailrace and leave it running while the agent runs.',
      }
  }
}

const counted = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`
