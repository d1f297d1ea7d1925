/** Order for `sort`: negative, 0 or positive. Texts by UTF-16 code unit, so no locale changes it. */
export const compare = <T extends string | number | bigint>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0)
