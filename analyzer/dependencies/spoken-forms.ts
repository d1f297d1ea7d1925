// How people say what machines write: `March 14th` is 2019-03-14, `quarter to 2` is 13:45, `four people` is 4. Both sides are
// turned into the same keys, so that a value can be found in words that share no token with it.

import { fold } from './tokens.ts'

/** `loose` forms leave something open (`the 14th`: of which month? `14.5`: a date, or a price?) and clear no value. */
export interface Forms {
  readonly exact: readonly string[]
  readonly loose: readonly string[]
}

const NONE: Forms = { exact: [], loose: [] }

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')
const WEEKDAYS = 'sun mon tue wed thu fri sat'.split(' ')
const NUMBERS = (
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen ' +
  'eighteen nineteen twenty'
).split(' ')
/** The English names of months, as part of a regular expression. */
export const MONTH =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)'
const DAY = '(\\d{1,2})(?:st|nd|rd|th)?'

const MONTH_DAY = new RegExp(`\\b${MONTH}\\.?,? +(?:the +)?${DAY}\\b(?! *[:%])`, 'g')
const DAY_MONTH = new RegExp(`\\b${DAY} +(?:day +)?(?:of +)?${MONTH}\\b`, 'g')
const SLASHED = /\b(\d{1,2})\/(\d{1,2})(?:\/\d{2,4})?\b|\b(\d{1,2})\.(\d{1,2})\.\d{2,4}\b/g
/** `14.5` may be a date, a time of day, a price or a version. */
const DOTTED = /(?<![\d.])(\d{1,2})\.(\d{1,2})(?!\.?\d| *[ap]\.?m\b)/g
const ISO_DATE = /\b\d{4}-(\d{2})-(\d{2})\b/g
const ORDINAL = /\b(\d{1,2})(?:st|nd|rd|th)\b/g
const WEEKDAY = /\b(sun|mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?)(?:day)?\b/g
const RELATIVE = /\b(today|tonight|tomorrow|yesterday|now|this (?:morning|afternoon|evening)|days? from now)\b/
const AGO = /\b(?:years? (?:ago|back)|last year|this year|'\d\d)\b/
const CLOCK = /\b(\d{1,2}):(\d{2})(?: *([ap])\.?m\b\.?)?|\b(\d{1,2})\.(\d{2}) *([ap])\.?m\b\.?/g
const HOUR = /\b(\d{1,2}|[a-z]+) *(?:([ap])\.?m\b|o'? ?clock)/g
const QUARTERS = /\b(quarter|half|\d{1,2})(?: minutes?)? +(to|past|till|after|before) +(\d{1,2}|[a-z]+)/g
const NOON = /\b(noon|midday|midnight)\b/g
const PERCENT = /(?<!\d)(\d+(?:\.\d+)?) ?(?:%|percent\b|per cent\b)/g
const WORD_NUMBER = new RegExp(`\\b(${NUMBERS.join('|')}|couple|pair|dozen|single|once|twice|both)\\b`, 'g')
const OTHER_WORDS: ReadonlyMap<string, number> = new Map(
  Object.entries({ couple: 2, pair: 2, dozen: 12, single: 1, once: 1, twice: 2, both: 2 }),
)

/** The forms that a person's text holds, each once. */
export function formsIn(text: string): { readonly exact: ReadonlySet<string>; readonly loose: ReadonlySet<string> } {
  const exact = new Set<string>()
  const loose = new Set<string>()
  const said = fold(text).replaceAll(/[’‘]/g, "'").toLowerCase()
  const date = (month: number, day: number) => {
    if (month >= 1 && month <= 12 && day >= 1 && day <= 31) exact.add(`date ${month}-${day}`)
  }
  const time = (hour: number, minute: number, half: string | undefined) => {
    if (hour > 24 || minute > 59) return
    if (half !== 'p') exact.add(`time ${half === 'a' ? hour % 12 : hour}:${minute}`)
    if (half !== 'a' && hour <= 12) exact.add(`time ${(hour % 12) + 12}:${minute}`)
  }
  for (const [, month, day] of said.matchAll(MONTH_DAY)) date(monthOf(month), Number(day))
  for (const [, day, month] of said.matchAll(DAY_MONTH)) date(monthOf(month), Number(day))
  for (const [, month, day] of said.matchAll(ISO_DATE)) date(Number(month), Number(day))
  for (const [, a, b, c, d] of said.matchAll(SLASHED)) {
    date(Number(a ?? c), Number(b ?? d))
    date(Number(b ?? d), Number(a ?? c))
  }
  for (const [, a, b] of said.matchAll(DOTTED)) {
    for (const form of [`date ${Number(a)}-${Number(b)}`, `date ${Number(b)}-${Number(a)}`]) loose.add(form)
    if (b?.length === 2) loose.add(`time ${Number(a)}:${Number(b)}`)
  }
  for (const [, day] of said.matchAll(ORDINAL)) loose.add(`day ${Number(day)}`)
  for (const [, name] of said.matchAll(WEEKDAY)) loose.add(`weekday ${WEEKDAYS.indexOf((name as string).slice(0, 3))}`)
  if (RELATIVE.test(said)) loose.add('some day')
  if (AGO.test(said)) loose.add('some year')
  for (const [, hour, minute, half, dottedHour, dottedMinute, dottedHalf] of said.matchAll(CLOCK)) {
    time(Number(hour ?? dottedHour), Number(minute ?? dottedMinute), half ?? dottedHalf)
  }
  for (const [, hour, half] of said.matchAll(HOUR)) time(numberOf(hour as string), 0, half)
  for (const [, part, way, hour] of said.matchAll(QUARTERS)) {
    const minutes = part === 'quarter' ? 15 : part === 'half' ? 30 : Number(part)
    const full = numberOf(hour as string)
    if (way === 'past' || way === 'after') time(full, minutes, undefined)
    else time((full + 11) % 12, 60 - minutes, undefined)
  }
  for (const [, word] of said.matchAll(NOON)) exact.add(word === 'midnight' ? 'time 0:0' : 'time 12:0')
  for (const [, share] of said.matchAll(PERCENT)) exact.add(`number ${rounded(Number(share) / 100)}`)
  for (const [, word] of said.matchAll(WORD_NUMBER)) exact.add(`number ${numberOf(word as string)}`)
  return { exact, loose }
}

/** The forms that a value may be said in. */
export function formsOf(value: null | boolean | number | string): Forms {
  if (typeof value === 'number') return numberForms(value)
  if (typeof value !== 'string' || value.length > 40) return NONE
  const number = /^\s*-?\d+(\.\d+)?\s*$/.test(value) ? numberForms(Number(value)) : NONE
  const clock = /^(?:\d{4}-\d{2}-\d{2}[T ])?(\d{1,2}):(\d{2})(?::\d{2})?/.exec(value)
  const iso = /^(\d{4})-(\d{2})-(\d{2})/.exec(value)
  const exact = [...number.exact]
  const loose = [...number.loose]
  if (iso !== null) {
    const [year, month, day] = [Number(iso[1]), Number(iso[2]), Number(iso[3])]
    const date = `date ${month}-${day}`
    exact.push(date)
    loose.push(date, `day ${day}`, `weekday ${new Date(Date.UTC(year, month - 1, day)).getUTCDay()}`, 'some day')
  } else if (clock !== null) {
    const time = `time ${Number(clock[1])}:${Number(clock[2])}`
    exact.push(time)
    loose.push(time)
  } else if (exact.length === 0 && /[a-z/]/i.test(value)) {
    // A date in words on the machine's side.
    exact.push(...[...formsIn(value).exact].filter((form) => form.startsWith('date')))
  }
  return { exact, loose }
}

function numberForms(value: number): Forms {
  const exact = Math.abs(value) <= 20 || value % 1 !== 0 ? [`number ${rounded(Math.abs(value))}`] : []
  const loose = Number.isInteger(value) && value > 1900 && value < 2100 ? ['some year'] : []
  return { exact, loose }
}

const monthOf = (name: string | undefined): number => MONTHS.indexOf((name ?? '').slice(0, 3)) + 1

/** 99 for a word that is no number: no hour and no minute. */
function numberOf(text: string): number {
  if (/^\d+$/.test(text)) return Number(text)
  const known = NUMBERS.indexOf(text)
  return known >= 0 ? known : (OTHER_WORDS.get(text) ?? 99)
}

/** Away with what division by 100 leaves behind. */
const rounded = (value: number): number => Number(value.toPrecision(12))
