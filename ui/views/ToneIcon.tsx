import type { Tone } from '../layout/chart.ts'

const SHAPES: Readonly<Record<Tone, string>> = {
  // A speech bubble, an eye-like lens, a pencil, a window, nested squares, a question mark.
  model: 'M2 3.5h10v6H7L4.5 12V9.5H2z',
  read: 'M6 10.2a4.2 4.2 0 1 1 0-8.4 4.2 4.2 0 0 1 0 8.4zM9 9l3.4 3.4',
  write: 'M2.2 11.8l.6-3L9.6 2l2.4 2.4-6.8 6.8zM8 3.6l2.4 2.4',
  session: 'M1.8 2.8h10.4v8.4H1.8zM1.8 5.4h10.4',
  agent: 'M1.8 1.8h10.4v10.4H1.8zM5 5h4v4H5z',
  unknown: 'M4.6 5a2.4 2.4 0 1 1 3.4 2.2c-.8.4-1 .8-1 1.6M7 11.4v.2',
}

export const TONE_WORDS: Readonly<Record<Tone, string>> = {
  model: 'model turn',
  read: 'call, reads',
  write: 'call, writes',
  session: 'call, stateful session',
  agent: 'call of another agent',
  unknown: 'call, effect unknown',
}

export function ToneIcon({ tone }: { readonly tone: Tone }) {
  return (
    <svg
      class={`tone tone-${tone}`}
      width="14"
      height="14"
      viewBox="0 0 14 14"
      role="img"
      aria-label={TONE_WORDS[tone]}
    >
      <path
        d={SHAPES[tone]}
        fill="none"
        stroke="currentColor"
        stroke-width="1.3"
        stroke-linejoin="round"
        stroke-linecap="round"
      />
    </svg>
  )
}
