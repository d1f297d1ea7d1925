import type { Framework } from './framework.ts'

/** What a framework does about arguments and results by itself, in words that go before its setting. */
export const BY_DEFAULT: Readonly<Record<Framework['content']['byDefault'], string>> = {
  on: 'Recorded by default. Where they are missing, somebody has turned them off; this turns them on again.',
  off: 'Not recorded by default. This turns them on.',
  never: 'What it records by itself has none, and no setting adds them.',
}
