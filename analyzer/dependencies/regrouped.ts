// Long numbers that are written in groups on one side: `DE44 5001 0517` is DE4450010517, `978-3-16` 978316, and `1.204,50` is what
// most of Europe writes for 1204.5. Only read for values that nothing holds as they are.

import type { HistoryDocument } from './history.ts'
import { someScalar } from './leaves.ts'
import { addMatch, type Look, type Needle } from './look.ts'

/** Digits of an id that is grouped; shorter ones are found in any text. */
const MIN_DIGITS = 8
/** A price in the writing of another country says so much at least. */
const MIN_BITS = 8
/** Longer texts are content. UTF-16 code units. */
const MAX_TEXT = 4000
/** Values read per document. */
const MAX_SCALARS = 2000

/** Letters in front as an IBAN has them, then groups of capitals and digits. */
const GROUPED = /(?<![\p{L}\p{N}])[A-Z]{0,3}\d(?:[ ./():-]{0,2}[A-Z0-9])+/gu
/** `1.204,50`, `1'204.50`, `1 204,50`, `204,50`; `1.204` and `1 204` are thousands. */
const EUROPEAN =
  /(?<![\p{L}\p{N}.,'’])(\d{1,3}(?:[.'’ \u00a0\u202f]\d{3})*)(?:,(\d{1,2}))?(?![.,'’]?\d|\p{L})|(?<![\p{L}\p{N}.,'’])(\d{1,3}(?:['’]\d{3})+)\.(\d{1,2})(?!\d)/gu

/** Where a group stands: the document, and the name that it stands under. */
interface Place {
  readonly document: number
  readonly key: string
}

/** Groups that are kept of one run. Chosen: some megabytes. */
const MAX_FORMS = 50_000

/** Places of one group that are kept: a call does not see all that came before it. */
const MAX_PLACES = 4

/**
 * What prompts and results hold in groups, by what the groups are without their marks. Documents are read as they are asked about,
 * which is seldom: pass ascending ends.
 */
export function regroupings(documents: readonly HistoryDocument[]) {
  const places = new Map<string, Place[]>()
  let read = 0
  return (form: string, end: number): readonly Place[] => {
    for (; read < end; read++) {
      const { kind, role, value } = documents[read]!
      if (kind !== 'result' && (kind !== 'prompt' || role === 'assistant')) continue
      readGroups(value, read, places)
    }
    return places.get(form) ?? NOWHERE
  }
}

const NOWHERE: readonly Place[] = []

/**
 * Adds a match for the first result that holds the leaf in other groups of digits. Returns whether it or a prompt does so: then
 * the model made nothing up.
 */
export function regroup({ leaf: { value } }: Needle, bits: number, leafIndex: number, look: Look): boolean {
  const form = formOf(value, bits)
  const place = form === undefined ? undefined : look.regrouped(form, look.end).find((one) => look.sees(one.document))
  if (place === undefined) return false
  const { document, key } = place
  const { kind, call } = look.documents[document]!
  if (kind !== 'result') return true
  addMatch(look, {
    from: call,
    leaf: leafIndex,
    kind: 'substring',
    rival: 'none',
    bits,
    resultTokens: look.index.documentTokens[document] ?? 0,
    affinity: 0,
    wholeResult: false,
    numeric: true,
    plain: false,
    saidLater: 'no',
    loose: false,
    unused: false,
    share: 1,
    incidental: false,
    probability: Number.NaN,
    hit: { document, path: null, key, whole: false, negative: false },
  })
  return true
}

/** Undefined for a value that is too short to be told by its digits. */
function formOf(value: null | boolean | number | string, bits: number): string | undefined {
  if (typeof value === 'number') {
    const digits = String(Math.abs(value))
    if (Number.isInteger(value) && digits.length >= MIN_DIGITS) return digits
    return bits >= MIN_BITS ? amount(Math.abs(value)) : undefined
  }
  if (typeof value !== 'string' || value.length > MAX_ID) return undefined
  const bare = bareOf(value)
  return bare.replace(/\D/g, '').length >= MIN_DIGITS && GROUP.test(value) ? bare : undefined
}

const MAX_ID = 64
/** All of it is one group or several. */
const GROUP = /^[+(]?[A-Z]{0,3}\d[A-Z0-9 ./():-]*$/

const bareOf = (text: string): string => text.replace(/[^A-Za-z0-9]/g, '').toLowerCase()
const amount = (value: number): string => `= ${value}`

function readGroups(value: HistoryDocument['value'], document: number, places: Map<string, Place[]>): void {
  const put = (form: string, key: string): void => {
    const known = places.get(form)
    if (known === undefined) {
      if (places.size < MAX_FORMS) places.set(form, [{ document, key }])
    } else if (known.length < MAX_PLACES && known.at(-1)?.document !== document) known.push({ document, key })
  }
  let scalars = 0
  someScalar(value, (scalar, key) => {
    if (typeof scalar === 'number' && Number.isInteger(scalar)) {
      const digits = String(Math.abs(scalar))
      if (digits.length >= MIN_DIGITS) put(digits, key)
    }
    if (typeof scalar !== 'string' || scalar.length > MAX_TEXT) return ++scalars > MAX_SCALARS
    for (const [group] of scalar.matchAll(GROUPED)) {
      const bare = bareOf(group)
      if (bare.length < MIN_DIGITS) continue
      put(bare, key)
      // `914 882 113 MVA`: what follows in capitals may be a word.
      const digits = bare.replace(/[a-z]+$/, '')
      if (digits !== bare) put(digits, key)
    }
    for (const [, whole, part, swiss, swissPart] of scalar.matchAll(EUROPEAN)) {
      const digits = (whole ?? swiss ?? '').replace(/\D/g, '')
      put(amount(Number(`${digits}.${part ?? swissPart ?? 0}`)), key)
    }
    return ++scalars > MAX_SCALARS
  })
}
