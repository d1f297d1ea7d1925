/**
 * Installs the agents' packages that are not installed yet, and says so by `say`, a line at a time.
 * Throws a sentence when one cannot be installed; npm has said why.
 */
export function installAgents(say: (line: string) => void): void
