/** Path of a Chromium that starts, or null. Throws if `TAILRACE_CHROMIUM` names a file that is not there. */
export function findChromium(): string | null
/** Path of a Chromium, installing one when there is none. Throws with advice when that fails. */
export function ensureChromium(log?: (line: string) => void): string
