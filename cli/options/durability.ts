import { Option } from 'commander'

export const DURABILITIES = ['process', 'power'] as const

/** What an acknowledged export survives: the death of the process, or the loss of power too. */
export const durabilityOption = (): Option =>
  new Option('--durability <of>', 'what stored spans survive: the end of the process, or of power too')
    .choices(DURABILITIES)
    .default('process')
