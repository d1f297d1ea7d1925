// Units that one call answers in and the next asks for another of: `6.6 KB` is 6758 bytes, 90 minutes are 1.5 hours.

/** How many of the smallest unit of its kind a unit is. Kilobytes are 1000 or 1024 bytes, depending on who counts. */
export interface Unit {
  readonly kind: string
  readonly sizes: readonly number[]
}

const KINDS: Readonly<Record<string, readonly (readonly [names: string, ...sizes: number[]])[]>> = {
  size: [
    ['byte bytes', 1],
    ['kb kilobyte kilobytes', 1e3, 2 ** 10],
    ['kib', 2 ** 10],
    ['mb megabyte megabytes', 1e6, 2 ** 20],
    ['mib', 2 ** 20],
    ['gb gigabyte gigabytes', 1e9, 2 ** 30],
    ['gib', 2 ** 30],
    ['tb terabyte terabytes', 1e12, 2 ** 40],
    ['tib', 2 ** 40],
  ],
  time: [
    ['ms millis millisecond milliseconds', 1],
    ['s sec secs second seconds', 1e3],
    ['min mins minute minutes', 6e4],
    ['h hr hrs hour hours', 3.6e6],
    ['day days', 8.64e7],
    ['week weeks', 6.048e8],
  ],
  length: [
    ['mm millimeter millimeters millimetre millimetres', 1],
    ['cm centimeter centimeters centimetre centimetres', 10],
    ['inch inches', 25.4],
    ['ft foot feet', 304.8],
    ['yd yard yards', 914.4],
    ['m meter meters metre metres', 1e3],
    ['km kilometer kilometers kilometre kilometres', 1e6],
    ['mi mile miles', 1_609_344],
  ],
  weight: [
    ['mg milligram milligrams', 1],
    ['g gram grams', 1e3],
    ['oz ounce ounces', 28_349.523125],
    ['lb lbs pound pounds', 453_592.37],
    ['kg kilogram kilograms', 1e6],
    ['t ton tons tonne tonnes', 1e9, 907_184_740],
  ],
  volume: [
    ['ml milliliter milliliters millilitre millilitres', 1],
    ['l liter liters litre litres', 1e3],
    ['gal gallon gallons', 3785.411784, 4546.09],
  ],
}

const BY_NAME: ReadonlyMap<string, Unit> = new Map(
  Object.entries(KINDS).flatMap(([kind, units]) =>
    units.flatMap(([names, ...sizes]) => names.split(' ').map((name): [string, Unit] => [name, { kind, sizes }])),
  ),
)

/** The unit of that name in any case, undefined for a word that is none. */
export const unitOf = (name: string): Unit | undefined => BY_NAME.get(name.toLowerCase())

/** All units of a kind, for a number that does not say in which of them it is. */
export const unitsOf = (kind: string): Unit[] => (KINDS[kind] ?? []).map(([, ...sizes]) => ({ kind, sizes }))
