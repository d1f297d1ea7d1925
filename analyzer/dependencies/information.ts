// How much a match is worth, in bits: minus the logarithm of the chance that an unrelated value looks the same.
// A rough model of what agents pass around, not a fitted one; `weights.ts` maps bits to probabilities.

/** Bits of a number by its significant digits. Round numbers say little: 5000 is worth one digit, 0.0078125 five. */
export function numberBits(value: number): number {
  const magnitude = Math.abs(value)
  if (magnitude <= 2) return Number.isInteger(magnitude) ? 1 : digitBits(magnitude)
  // Years are the commonest four-digit numbers.
  if (Number.isInteger(magnitude) && magnitude >= 1950 && magnitude < 2050) return 5
  return digitBits(magnitude)
}

/** Bits of one word, given folded. `proper`: it was seen written as a name. */
export function wordBits(word: string, proper: boolean): number {
  if (COMMON.has(word)) return 0.5
  let digits = 0
  for (let i = 0; i < word.length; i++) {
    const code = word.charCodeAt(i)
    if (code >= 48 && code < 58) digits++
  }
  // Ids of letters and digits: five bits a character is the entropy of base 32.
  if (digits > 0) return Math.min(60, word.length * 4)
  if (word.length <= 2) return 2.5
  if (proper) return Math.min(16, 8 + word.length * 0.6)
  return Math.min(11, 3 + word.length * 0.6)
}

const digitBits = (magnitude: number): number => 1 + 3.32 * Math.max(1, significantDigits(magnitude))

/** Of the first twelve digits, those without zeros at either end: 3 of 1,230 and of 0.00123. */
function significantDigits(magnitude: number): number {
  if (Number.isInteger(magnitude) && magnitude < 1e12) {
    let rest = magnitude
    while (rest > 0 && rest % 10 === 0) rest /= 10
    let digits = 0
    for (; rest >= 1; rest = Math.floor(rest / 10)) digits++
    return digits
  }
  return magnitude
    .toPrecision(12)
    .replace(/e.*$/, '')
    .replace('.', '')
    .replace(/^0+|0+$/g, '').length
}

/** Function words and words that agents and APIs use everywhere: they prove nothing. */
export const COMMON: ReadonlySet<string> = new Set(
  (
    'a about after all also am an and any are as at be been before between both but by can could did do does done each ' +
    'for from get give had has have he her here his how i if in into is it its just know let like list make many may me ' +
    'more most much my need new no none not now null of off on one only or other our out over own per please same she ' +
    'should show so some such than that the their them then there these they this those to today too true false two ' +
    'under until up us use used user very was we were what when where which while who whom whose why will with would ' +
    'yes you your name id type status date time text value data result results info information details query search ' +
    'find com org net www http https html txt pdf en default ok success error message title content subject ' +
    'description first last next previous number total count day days week month year am pm'
  ).split(' '),
)
