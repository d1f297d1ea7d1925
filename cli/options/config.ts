import { Option } from 'commander'

/** A file, false for none, undefined to look for one. */
export type ConfigFlag = string | false | undefined

/** `--config FILE` and `--no-config`, which share a place among the flags. */
export const configOptions = {
  file: () =>
    new Option('--config <file>', 'configuration (default: the nearest tailrace.config.{ts,js,json} upwards)'),
  none: () => new Option('--no-config', 'do without a configuration'),
}
