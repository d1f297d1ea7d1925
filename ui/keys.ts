// The one table of keys: it drives the keyboard and is what the help dialog shows.
// Letters are matched by their place on the keyboard (`event.code`), so that WASD is a cluster on every layout;
// signs (`/`, `?`) by what they type, wherever they are.

export type Command =
  | 'zoom-in'
  | 'zoom-out'
  | 'pan-left'
  | 'pan-right'
  | 'fit'
  | 'focus'
  | 'row-up'
  | 'row-down'
  | 'row-first'
  | 'row-last'
  | 'to-dependency'
  | 'to-dependent'
  | 'step-next'
  | 'step-previous'
  | 'finding-next'
  | 'finding-previous'
  | 'evidence'
  | 'critical'
  | 'flip'
  | 'mode'
  | 'search'
  | 'copy-link'
  | 'theme'
  | 'open'
  | 'back'
  | 'help'

export type Screen = 'runs' | 'run'

export interface KeyRow {
  readonly command: Command
  /** `event.code` values. */
  readonly codes?: readonly string[]
  /** `event.key` values, for signs. */
  readonly signs?: readonly string[]
  /** What stands on the keycap; letters are replaced by the layout's own where the browser tells. */
  readonly caps: readonly string[]
  readonly group: 'Time' | 'Calls and turns' | 'Findings' | 'View' | 'Runs' | 'Everywhere'
  readonly text: string
  readonly screens: readonly Screen[]
  /** Acts while held: the handler is called again, with `false`, when the key comes up. */
  readonly hold?: true
}

export const KEYS: readonly KeyRow[] = [
  {
    command: 'zoom-in',
    codes: ['KeyW'],
    caps: ['W'],
    group: 'Time',
    text: 'Zoom in at the pointer; with Shift, faster',
    screens: ['run'],
  },
  {
    command: 'zoom-out',
    codes: ['KeyS'],
    caps: ['S'],
    group: 'Time',
    text: 'Zoom out; with Shift, faster',
    screens: ['run'],
  },
  {
    command: 'pan-left',
    codes: ['KeyA'],
    caps: ['A'],
    group: 'Time',
    text: 'Move to earlier; with Shift, faster',
    screens: ['run'],
  },
  {
    command: 'pan-right',
    codes: ['KeyD'],
    caps: ['D'],
    group: 'Time',
    text: 'Move to later; with Shift, faster',
    screens: ['run'],
  },
  {
    command: 'fit',
    codes: ['Digit0', 'Numpad0'],
    caps: ['0'],
    group: 'Time',
    text: 'Show the whole run',
    screens: ['run'],
  },
  {
    command: 'focus',
    codes: ['KeyF'],
    caps: ['F'],
    group: 'Time',
    text: 'Zoom to the selection; again: whole run',
    screens: ['run'],
  },
  {
    command: 'row-up',
    codes: ['ArrowUp'],
    caps: ['↑'],
    group: 'Calls and turns',
    text: 'Previous row',
    screens: ['run'],
  },
  {
    command: 'row-down',
    codes: ['ArrowDown'],
    caps: ['↓'],
    group: 'Calls and turns',
    text: 'Next row',
    screens: ['run'],
  },
  {
    command: 'row-first',
    codes: ['Home'],
    caps: ['Home'],
    group: 'Calls and turns',
    text: 'First row',
    screens: ['run'],
  },
  { command: 'row-last', codes: ['End'], caps: ['End'], group: 'Calls and turns', text: 'Last row', screens: ['run'] },
  {
    command: 'to-dependency',
    codes: ['ArrowLeft'],
    caps: ['←'],
    group: 'Calls and turns',
    text: 'To what the call waits for, else to its turn',
    screens: ['run'],
  },
  {
    command: 'to-dependent',
    codes: ['ArrowRight'],
    caps: ['→'],
    group: 'Calls and turns',
    text: 'To what the call blocks; from a turn to its first call',
    screens: ['run'],
  },
  {
    command: 'step-next',
    codes: ['KeyN'],
    caps: ['N'],
    group: 'Calls and turns',
    text: 'Next step of the critical path',
    screens: ['run'],
  },
  {
    command: 'step-previous',
    codes: ['KeyP'],
    caps: ['P'],
    group: 'Calls and turns',
    text: 'Previous step of the critical path',
    screens: ['run'],
  },
  { command: 'finding-next', codes: ['KeyJ'], caps: ['J'], group: 'Findings', text: 'Next finding', screens: ['run'] },
  {
    command: 'finding-previous',
    codes: ['KeyK'],
    caps: ['K'],
    group: 'Findings',
    text: 'Previous finding',
    screens: ['run'],
  },
  {
    command: 'evidence',
    codes: ['KeyE'],
    caps: ['E'],
    group: 'Findings',
    text: 'To the evidence in the panel',
    screens: ['run'],
  },
  {
    command: 'critical',
    codes: ['KeyC'],
    caps: ['C'],
    group: 'View',
    text: 'Critical path: marked, alone, off',
    screens: ['run'],
  },
  {
    command: 'flip',
    codes: ['KeyX'],
    caps: ['X'],
    group: 'View',
    text: 'Hold: move the bars to the achievable schedule',
    screens: ['run'],
    hold: true,
  },
  { command: 'mode', codes: ['KeyM'], caps: ['M'], group: 'View', text: 'Chart or table', screens: ['run'] },
  {
    command: 'copy-link',
    codes: ['KeyY'],
    caps: ['Y'],
    group: 'View',
    text: 'Copy a link to exactly this view',
    screens: ['run', 'runs'],
  },
  { command: 'row-up', codes: ['ArrowUp'], caps: ['↑'], group: 'Runs', text: 'Previous run', screens: ['runs'] },
  { command: 'row-down', codes: ['ArrowDown'], caps: ['↓'], group: 'Runs', text: 'Next run', screens: ['runs'] },
  { command: 'row-first', codes: ['Home'], caps: ['Home'], group: 'Runs', text: 'First run', screens: ['runs'] },
  { command: 'row-last', codes: ['End'], caps: ['End'], group: 'Runs', text: 'Last run', screens: ['runs'] },
  {
    command: 'open',
    codes: ['Enter', 'NumpadEnter'],
    caps: ['Enter'],
    group: 'Runs',
    text: 'Open the run',
    screens: ['runs'],
  },
  {
    command: 'search',
    signs: ['/'],
    caps: ['/'],
    group: 'Everywhere',
    text: 'Search; Enter and Shift+Enter go through the hits',
    screens: ['run', 'runs'],
  },
  {
    command: 'theme',
    codes: ['KeyT'],
    caps: ['T'],
    group: 'Everywhere',
    text: 'Light or dark',
    screens: ['run', 'runs'],
  },
  {
    command: 'back',
    codes: ['Escape'],
    caps: ['Esc'],
    group: 'Everywhere',
    text: 'One level up',
    screens: ['run', 'runs'],
  },
  { command: 'help', signs: ['?'], caps: ['?'], group: 'Everywhere', text: 'This help', screens: ['run', 'runs'] },
]

export interface KeyPress {
  readonly code: string
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
}

/** The row that a key press means on a screen, or null. Presses with Ctrl, Meta or Alt are the browser's. */
export function keyRowFor(press: KeyPress, screen: Screen): KeyRow | null {
  if (press.ctrlKey || press.metaKey || press.altKey) return null
  const here = KEYS.filter((row) => row.screens.includes(screen))
  // Signs first: on some layouts `?` or `/` sits on a key whose place is a letter's on others.
  return (
    here.find((row) => row.signs?.includes(press.key)) ?? here.find((row) => row.codes?.includes(press.code)) ?? null
  )
}
