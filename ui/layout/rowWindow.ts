/** Which rows of a long list are drawn. `last` is exclusive; 0 <= first <= last <= count. */
export function rowWindow(
  scrollTopPx: number,
  heightPx: number,
  rowPx: number,
  count: number,
  spare = 6,
): { readonly first: number; readonly last: number } {
  const rows = Number.isFinite(count) && count > 0 ? Math.floor(count) : 0
  if (!(rowPx > 0)) return { first: 0, last: 0 }
  const top = Number.isFinite(scrollTopPx) ? Math.max(scrollTopPx, 0) : 0
  const height = Number.isFinite(heightPx) ? Math.max(heightPx, 0) : 0
  const first = Math.min(Math.max(Math.floor(top / rowPx) - spare, 0), rows)
  const last = Math.min(Math.max(Math.ceil((top + height) / rowPx) + spare, first), rows)
  return { first, last }
}
