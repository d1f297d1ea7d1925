// Heights inside one row, in CSS pixels.
//
//   0 ┬
//   5 ├ actual bar, 17 high, critical path along its lower edge
//  22 ┤
//  25 ├ achievable bar, 7 high
//  32 ┤
//  36 ┴

export const ROW_PX = 36
export const BAR_TOP_PX = 5
export const BAR_PX = 17
export const THIN_TOP_PX = 25
export const THIN_PX = 7
/** Where arrows leave and reach a row: the middle of the actual bar. */
export const ARROW_Y_PX = BAR_TOP_PX + BAR_PX / 2
