import type { AnalyzeOptions, RuleOptions } from './options.ts'

/** What `tailrace.config.{ts,js,json}` may say. Flags of a command beat it. */
export interface TailraceConfig
  extends Partial<
    Pick<
      AnalyzeOptions,
      | 'rung'
      | 'threshold'
      | 'concurrency'
      | 'resourceCaps'
      | 'callOverheadMs'
      | 'contention'
      | 'prices'
      | 'silence'
      | 'tools'
      | 'history'
    >
  > {
  /** From where on rules speak; what is left out keeps its default. */
  readonly rules?: Partial<RuleOptions>
  /** What `tailrace check` allows without `--budget`: `500ms`, `1.5s` or `10%`. */
  readonly budget?: string
}

/** Gives its argument back: an editor then knows what a configuration in TypeScript may hold. */
export const defineConfig = (config: TailraceConfig): TailraceConfig => config
