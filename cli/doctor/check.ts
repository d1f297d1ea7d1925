/** One thing that was looked at. */
export interface Check {
  readonly id: 'environment' | 'collector' | 'runs'
  readonly status: 'ok' | 'note' | 'problem'
  readonly says: string
  /** What to do; '' if nothing. */
  readonly advice: string
}
