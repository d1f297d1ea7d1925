// Digits that only tell when: the 4 of `4 November` and of `16:04` is no number of guests.

import type { Leaf } from './leaves.ts'
import { ofSharedText } from './shared-texts.ts'
import { MONTH } from './spoken-forms.ts'
import { wordsOf } from './tool-lexicon.ts'

/** Days, hours and minutes. */
const MOST = 60

const WHEN = new RegExp(
  `\\b\\d{1,4}[-/.]\\d{1,2}[-/.]\\d{1,4}|\\b\\d{1,2}:\\d{2}(?::\\d{2})?|\\b\\d{1,2}(?:st|nd|rd|th|\\.)? *(?:of +)?${MONTH}\\b|\\b${MONTH}\\.? +\\d{1,2}\\b`,
  'gi',
)
/** Words of names of arguments that tell when. */
const TELLS_WHEN: ReadonlySet<string> = new Set(
  'day date month week year hour minute time at start end from to until begin'.split(' '),
)

/** Whether a value is a number that days and hours have too, and its name says that it is neither. */
export const isCount = ({ key, value }: Leaf): boolean =>
  typeof value === 'number' &&
  Number.isInteger(value) &&
  Math.abs(value) <= MOST &&
  !wordsOf(key).some((word) => TELLS_WHEN.has(word))

/** Whether a text has a number as more than a part of a date or a time. */
export const saysCount = (text: string, value: number): boolean => countsIn(text).has(value)

const countsIn = ofSharedText(
  (text): ReadonlySet<number> =>
    new Set([...text.replace(WHEN, ' ').matchAll(/\d+/g)].map(([digits]) => Number(digits))),
)
