/** How a run's notes begin that say what an SDK dropped before export: where content is missing, that may be why. */
export const DROPPED = 'The SDK dropped '

/** How the notes begin of a run that is not all there, or whose times contradict each other. */
export const CLOCKS_DISAGREE = 'The clocks of '
export const NO_TIME = 'No time was recorded '
export const LOST_CALLS = 'The model was given results of calls that have no span'
export const CUT_OFF = 'The last turn that has arrived '

/** The first note that forbids to say that nothing more was lost than was found; undefined where none does. */
export const noteAgainstPass = (notes: readonly string[]): string | undefined =>
  notes.find((note) => [CLOCKS_DISAGREE, NO_TIME, LOST_CALLS, CUT_OFF].some((beginning) => note.startsWith(beginning)))
