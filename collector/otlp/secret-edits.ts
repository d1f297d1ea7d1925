// The secrets of one message, gathered while it is looked through.

import type { Redactor } from '../redaction/redactor.ts'
import { BadData } from './bad-data.ts'

/** Finds secrets in text; null leaves everything as received. */
export type SecretFinder = Pick<Redactor, 'isSecretName' | 'redact'> | null

/** The content `[start, end)` of one string is to become `text`. In order of place. */
export interface SecretEdit {
  readonly start: number
  readonly end: number
  readonly text: Uint8Array
}

/** Of one span or log record. Each takes about ten times its own bytes while the message is written anew. */
const MAX_EDITS = 100_000

export function addEdit(edits: SecretEdit[], start: number, end: number, text: Uint8Array): void {
  if (edits.length === MAX_EDITS)
    throw new BadData(`one message holds more than ${MAX_EDITS} secrets, send smaller ones`)
  edits.push({ start, end, text })
}
