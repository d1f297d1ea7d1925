/** How a run's notes begin that say what an SDK dropped before export: where content is missing, that may be why. */
export const DROPPED = 'The SDK dropped '
