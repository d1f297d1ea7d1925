import { readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import * as v from 'valibot'
import type { TailraceConfig } from '../../analyzer/model/config.ts'
import { CliError, EXIT } from '../exit.ts'
import { packageRoot } from '../package-root.ts'
import { configSchema } from './config-schema.ts'
import { CONFIG_NAMES, findConfig } from './find-config.ts'
import { lineOf } from './line-of.ts'

/**
 * The configuration in force: the file given, else the nearest one upwards of the current folder, else an empty one.
 * Throws a CliError (wrong usage) that names file and line of everything that is wrong.
 * @param file as given with `--config`; undefined looks for one, false does without.
 */
export async function readConfig(file: string | undefined | false, folder = process.cwd()): Promise<TailraceConfig> {
  if (file === false) return {}
  const path = file === undefined ? findConfig(folder) : resolve(folder, file)
  if (path === null) return {}
  const name = relative(folder, path) || path
  let source: string
  try {
    source = readFileSync(path, 'utf8')
  } catch (error) {
    const hint = `Write the path of a ${CONFIG_NAMES.join(', ')} or leave --config out.`
    throw new CliError(EXIT.usage, `Cannot read the configuration ${name}: ${(error as Error).message}. ${hint}`)
  }
  const config = path.endsWith('.json') ? parseJson(source, name) : await loadModule(path, name, source)
  if (Array.isArray(config)) throw new CliError(EXIT.usage, `${name}: the configuration must be an object, not a list.`)
  const checked = v.safeParse(configSchema, config)
  if (checked.success) {
    const { $schema, ...rest } = checked.output
    return rest as TailraceConfig
  }
  throw new CliError(EXIT.usage, checked.issues.map((issue) => complaint(issue, source, name)).join('\n'))
}

function parseJson(source: string, name: string): unknown {
  try {
    return JSON.parse(source)
  } catch (error) {
    const { message } = error as Error
    const position = /position (\d+)/.exec(message)?.[1]
    const line = position === undefined ? '' : `:${source.slice(0, Number(position)).split('\n').length}`
    throw new CliError(EXIT.usage, `${name}${line}: not JSON: ${message}.`)
  }
}

async function loadModule(path: string, name: string, source: string): Promise<unknown> {
  const { createJiti } = await import('jiti')
  try {
    const loaded = await createJiti(path, { moduleCache: false, alias: aliases() }).import<object>(path)
    if (typeof loaded !== 'object' || loaded === null) return loaded
    if ('default' in loaded && loaded.default !== undefined) return loaded.default
    if (isCommonJs(loaded, source)) return loaded
  } catch (error) {
    throw new CliError(EXIT.usage, `${name} cannot be loaded: ${(error as Error).message}`)
  }
  throw new CliError(EXIT.usage, `${name} exports nothing by default. Write: export default { tools: { … } }`)
}

/** A configuration may stand where no package is installed, and still say `from 'tailrace'`. What is exported, to the files. */
function aliases(): Record<string, string> {
  const root = packageRoot()
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly exports: Readonly<Record<string, string | { readonly default: string }>>
  }
  return Object.fromEntries(
    Object.entries(manifest.exports).map(([subpath, target]) => [
      `tailrace${subpath.slice(1)}`,
      join(root, typeof target === 'string' ? target : target.default),
    ]),
  )
}

/**
 * Whether a module without a default export is what `module.exports` holds. One without any export looks as an empty
 * `module.exports` does: there the source is asked, and nothing is lost where a comment in it misleads.
 */
function isCommonJs(loaded: object, source: string): boolean {
  const isEsModule = Object.hasOwn(loaded, '__esModule') || Object.prototype.toString.call(loaded) === '[object Module]'
  return !isEsModule && (Object.keys(loaded).length > 0 || /\bexports\b|\bexport\s*=/.test(source))
}

function complaint(issue: v.InferIssue<typeof configSchema>, source: string, name: string): string {
  const path = (issue.path ?? []).map((item) => item.key as string | number)
  const line = lineOf(source, path)
  const where = `${name}${line === null ? '' : `:${line}`}`
  if (path.length === 0) return `${where}: the configuration must be an object.`
  if (issue.type === 'strict_object' && issue.expected === 'never') {
    const known = knownKeys(path)
    return `${where}: there is no setting ${path.join('.')}. Known here: ${known.join(', ')}.`
  }
  const picklist =
    issue.type === 'picklist'
      ? `must be one of ${issue.expected.replace(/^\((.*)\)$/, '$1').replaceAll(' | ', ', ')}`
      : issue.message
  return `${where}: ${path.join('.')} ${lowerFirst(picklist)}${picklist.endsWith('.') ? '' : '.'}`
}

function knownKeys([section, ...below]: readonly (string | number)[]): string[] {
  const { tools, prices, rules, silence } = configSchema.entries
  if (section === 'tools') return Object.keys(tools.wrapped.value.entries)
  const priced = prices.wrapped.entries
  if (section === 'rules') return Object.keys(rules.wrapped.entries)
  if (section === 'silence') return Object.keys(silence.wrapped.item.entries)
  if (section === 'prices') return Object.keys(below.length > 1 ? priced.models.value.entries : priced)
  return Object.keys(configSchema.entries).filter((key) => key !== '$schema')
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)
