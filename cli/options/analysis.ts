import { type Command, InvalidArgumentError, Option } from 'commander'
import { type AnalyzeOptions, DEFAULT_OPTIONS, type Rung } from '../../analyzer/model/options.ts'

/** What `--rung`, `--threshold` and `--concurrency` were set to; undefined where they were left out. */
export interface AnalysisFlags {
  readonly rung?: Rung
  readonly threshold?: number
  readonly concurrency?: number
}

const RUNGS: readonly Rung[] = ['overlap', 'batch']

/** Adds the options that shape an analysis. */
export function addAnalysisOptions(command: Command): Command {
  return command
    .addOption(new Option('--rung <rung>', `kind of fix to assume (default: ${DEFAULT_OPTIONS.rung})`).choices(RUNGS))
    .addOption(thresholdOption())
    .addOption(
      new Option('--concurrency <n>', 'how many calls may run at the same time (default: no cap)').argParser(
        parseCount,
      ),
    )
}

export function thresholdOption(): Option {
  const description = `act only on verdicts at least this sure, 0 to 1 (default: ${DEFAULT_OPTIONS.threshold})`
  return new Option('--threshold <n>', description).argParser(parseThreshold)
}

/** The flags as the analyzer's options; what was not given keeps the analyzer's default. */
export function analysisOptions(flags: AnalysisFlags): Partial<AnalyzeOptions> {
  const { rung, threshold, concurrency } = flags
  return {
    ...(rung === undefined ? {} : { rung }),
    ...(threshold === undefined ? {} : { threshold }),
    ...(concurrency === undefined ? {} : { concurrency }),
  }
}

/** A whole number of at least 1. Throws commander's error for a bad argument. */
export function parseCount(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('Write a whole number of at least 1, for example 4.')
  return Number(text)
}

function parseThreshold(text: string): number {
  const value = /^\d*\.?\d+$/.test(text) ? Number(text) : Number.NaN
  if (!(value >= 0 && value <= 1)) throw new InvalidArgumentError('Write a number from 0 to 1, for example 0.8.')
  return value
}
