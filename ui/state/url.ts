// Everything that can be seen has a URL, and every URL can be read, however mangled: what makes no sense is left out.
//
//   #/                                      the runs
//   #/?q=trip&sort=-saving                  filtered and sorted
//   #/setup/<framework>                     how to send runs here
//   #/run/<id>?v=1&t=12.1-31.2&sel=<id>&f=0&rung=batch&th=0.8&cap=4&c=only&m=table&assume=-a~b,+a~b&effect=tool:read

import type { EffectKind } from '../../analyzer/model/dependency.ts'
import { type Override, RUNGS, type Rung } from '../../analyzer/model/options.ts'
import type { SpanId } from '../../analyzer/model/span.ts'
import type { Sort, SortKey } from '../layout/runList.ts'
import type { TimeView } from '../layout/timeScale.ts'

export type CriticalMode = 'mark' | 'only' | 'off'

/** How a run is looked at. Null stands for the default: the whole run, nothing selected, the report's own options. */
export interface RunView {
  readonly range: TimeView | null
  readonly selected: string | null
  /** Index of the open finding. */
  readonly finding: number | null
  readonly mode: 'overlay' | 'table'
  readonly critical: CriticalMode
  readonly rung: Rung | null
  readonly threshold: number | null
  /** Null for the report's own. */
  readonly concurrency: number | null
  readonly overrides: readonly Override[]
}

export type Route =
  | { readonly screen: 'runs'; readonly query: string; readonly sort: Sort }
  | { readonly screen: 'run'; readonly runId: string; readonly view: RunView }
  /** `framework` is the id of one; null before one is chosen. */
  | { readonly screen: 'setup'; readonly framework: string | null }
  | { readonly screen: 'missing'; readonly hash: string }

export const URL_VERSION = 1

export const DEFAULT_SORT: Sort = { key: 'when', descending: true }

export const DEFAULT_VIEW: RunView = {
  range: null,
  selected: null,
  finding: null,
  mode: 'overlay',
  critical: 'mark',
  rung: null,
  threshold: null,
  concurrency: null,
  overrides: [],
}

const SORT_KEYS: readonly SortKey[] = [
  'name',
  'framework',
  'when',
  'actual',
  'achievable',
  'saving',
  'findings',
  'calls',
]
const EFFECTS: readonly EffectKind[] = ['read', 'write', 'session', 'unknown']

/**
 * One function per old version: from the parameters of version n to those of version n + 1. Empty while there is only
 * version 1; a link once shared must open for ever.
 */
const UPGRADERS: Readonly<Record<number, (params: Map<string, string>) => Map<string, string>>> = {}

/** Reads a location hash. Total: any text gives a route. */
export function parseRoute(hash: string): Route {
  const [path = '', search = ''] = splitOnce(hash.replace(/^#/, ''), '?')
  const params = upgrade(parseParams(search))
  if (path === '' || path === '/')
    return { screen: 'runs', query: params.get('q') ?? '', sort: parseSort(params.get('sort')) }
  const setup = /^\/setup(?:\/([^/]*))?$/.exec(path)
  if (setup !== null) return { screen: 'setup', framework: decode(setup[1] ?? '') || null }
  const run = /^\/run\/([^/]+)$/.exec(path)
  const runId = run === null ? null : decode(run[1] as string)
  if (runId === null || runId === '') return { screen: 'missing', hash }
  return { screen: 'run', runId, view: parseView(params) }
}

/** The hash for a route, defaults left out. `parseRoute(formatRoute(r))` is `r`. */
export function formatRoute(route: Route): string {
  if (route.screen === 'missing') return route.hash
  if (route.screen === 'setup')
    return route.framework === null ? '#/setup' : `#/setup/${encodeURIComponent(route.framework)}`
  if (route.screen === 'runs') {
    const parts: string[] = []
    if (route.query !== '') parts.push(`q=${encodeURIComponent(route.query)}`)
    const { key, descending } = route.sort
    if (key !== DEFAULT_SORT.key || descending !== DEFAULT_SORT.descending)
      parts.push(`sort=${descending ? '-' : ''}${key}`)
    return parts.length === 0 ? '#/' : `#/?${parts.join('&')}`
  }
  return `#/run/${encodeURIComponent(route.runId)}?${['v=1', ...formatView(route.view)].join('&')}`
}

function parseView(params: ReadonlyMap<string, string>): RunView {
  const rung = params.get('rung')
  const critical = params.get('c')
  return {
    range: parseRange(params.get('t')),
    selected: params.get('sel') || null,
    finding: parseNumber(params.get('f'), (n) => Number.isInteger(n) && n >= 0),
    mode: params.get('m') === 'table' ? 'table' : 'overlay',
    critical: critical === 'only' || critical === 'off' ? critical : 'mark',
    rung: RUNGS.find((name) => name === rung) ?? null,
    threshold: parseNumber(params.get('th'), (n) => n >= 0 && n <= 1),
    concurrency: parseNumber(params.get('cap'), (n) => Number.isInteger(n) && n >= 1),
    overrides: [...parseAssumptions(params.get('assume')), ...parseEffects(params.get('effect'))],
  }
}

function formatView(view: RunView): string[] {
  const parts: string[] = []
  if (view.range !== null) parts.push(`t=${seconds(view.range.t0Ms)}-${seconds(view.range.t1Ms)}`)
  if (view.selected !== null) parts.push(`sel=${encodeURIComponent(view.selected)}`)
  if (view.finding !== null) parts.push(`f=${view.finding}`)
  if (view.mode !== 'overlay') parts.push(`m=${view.mode}`)
  if (view.critical !== 'mark') parts.push(`c=${view.critical}`)
  if (view.rung !== null) parts.push(`rung=${view.rung}`)
  if (view.threshold !== null) parts.push(`th=${view.threshold}`)
  if (view.concurrency !== null) parts.push(`cap=${view.concurrency}`)
  const pairs = view.overrides.flatMap((o) =>
    o.kind === 'effect' ? [] : [`${o.kind === 'independent' ? '-' : '+'}${o.from}~${o.to}`],
  )
  if (pairs.length > 0) parts.push(`assume=${pairs.join(',')}`)
  const effects = view.overrides.flatMap((o) =>
    o.kind === 'effect' ? [`${encodeURIComponent(o.tool)}:${o.effect}`] : [],
  )
  if (effects.length > 0) parts.push(`effect=${effects.join(',')}`)
  return parts
}

function parseAssumptions(text: string | undefined): Override[] {
  // Ids are hex digits, so a link that was escaped once more on its way can be read all the same.
  return (decode(text ?? '') ?? '').split(',').flatMap((item) => {
    // A plus sign may have been read as a space on the way.
    const match = /^([-+ ])([\w-]+)~([\w-]+)$/.exec(item)
    if (match === null) return []
    const [, sign, from, to] = match as unknown as [string, string, string, string]
    const kind = sign === '-' ? ('independent' as const) : ('dependent' as const)
    return [{ kind, from: from as SpanId, to: to as SpanId }]
  })
}

function parseEffects(text: string | undefined): Override[] {
  return (text ?? '').split(',').flatMap((item) => {
    const colon = item.lastIndexOf(':')
    const effect = EFFECTS.find((name) => name === item.slice(colon + 1))
    const tool = decode(item.slice(0, Math.max(colon, 0)))
    return effect === undefined || tool === null || tool === '' ? [] : [{ kind: 'effect' as const, tool, effect }]
  })
}

function parseRange(text: string | undefined): TimeView | null {
  const match = /^(-?\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)$/.exec(text ?? '')
  if (match === null) return null
  const t0Ms = Number(match[1]) * 1000
  const t1Ms = Number(match[2]) * 1000
  return Number.isFinite(t0Ms) && Number.isFinite(t1Ms) && t1Ms > t0Ms ? { t0Ms, t1Ms } : null
}

function parseNumber(text: string | undefined, good: (n: number) => boolean): number | null {
  if (text === undefined || text.trim() === '') return null
  const value = Number(text)
  return Number.isFinite(value) && good(value) ? value : null
}

function parseSort(text: string | undefined): Sort {
  const descending = text?.startsWith('-') ?? false
  const key = SORT_KEYS.find((name) => name === (descending ? text?.slice(1) : text))
  return key === undefined ? DEFAULT_SORT : { key, descending }
}

/** Whole texts are decoded here; the two lists decode their own parts, after splitting. */
function parseParams(search: string): Map<string, string> {
  const params = new Map<string, string>()
  for (const part of search.split('&')) {
    const [name = '', raw = ''] = splitOnce(part, '=')
    if (name === '') continue
    params.set(name, name === 'effect' || name === 'assume' ? raw : (decode(raw) ?? raw))
  }
  return params
}

function upgrade(params: Map<string, string>): Map<string, string> {
  let at = params
  for (let version = Number(params.get('v') ?? URL_VERSION); version < URL_VERSION; version++) {
    at = UPGRADERS[version]?.(at) ?? at
  }
  return at
}

/** Seconds with microseconds: enough for the narrowest view. */
function seconds(ms: number): string {
  return String(Number((ms / 1000).toFixed(6)))
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator)
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}
