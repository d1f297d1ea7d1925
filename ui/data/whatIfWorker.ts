// Runs the analyzer off the page's thread: a run of thousands of calls must not hold up a key press.

import { answer } from './answer.ts'
import type { Question } from './whatIf.ts'

self.addEventListener('message', (event: MessageEvent<Question>) => {
  // A worker's postMessage takes no origin, which the type of the page's own one asks for.
  ;(self as unknown as { postMessage(message: unknown): void }).postMessage(answer(event.data))
})
