import { type Command, InvalidArgumentError, Option } from 'commander'
import type { TailraceConfig } from '../../analyzer/model/config.ts'
import { type AnalyzeOptions, DEFAULT_OPTIONS, RUNGS, type Rung } from '../../analyzer/model/options.ts'
import { type ConfigFlag, configOptions } from './config.ts'

/** What the options that shape an analysis were set to; undefined where they were left out. */
export interface AnalysisFlags {
  readonly config?: ConfigFlag
  readonly rung?: Rung
  readonly threshold?: number | undefined
  readonly concurrency?: number
  /** False with --no-history. */
  readonly history?: boolean | undefined
}

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
    .addOption(historyOption())
    .addOption(configOptions.file())
    .addOption(configOptions.none())
}

export function thresholdOption(): Option {
  const description = `act only on verdicts at least this sure, 0 to 1 (default: ${DEFAULT_OPTIONS.threshold})`
  return new Option('--threshold <n>', description).argParser(parseThreshold)
}

export function historyOption(): Option {
  return new Option('--no-history', 'let no earlier runs of the same agent count')
}

/** Flags over the configuration, as the analyzer's options; what neither gives keeps the analyzer's default. */
export function analysisOptions(flags: AnalysisFlags, config: TailraceConfig): Partial<AnalyzeOptions> {
  // What the analyzer has nothing to do with is taken out, so that it is in no report.
  const { budget, rules, ...options } = config
  const merged = rules === undefined ? {} : { rules: { ...DEFAULT_OPTIONS.rules, ...rules } }
  return { ...options, ...merged, ...withoutUndefined(flags) }
}

function withoutUndefined({ rung, threshold, concurrency, history }: AnalysisFlags): Partial<AnalyzeOptions> {
  // Commander says true where nothing was typed, and the configuration has its say then.
  const given = { rung, threshold, concurrency, history: history === false ? false : undefined }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
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
