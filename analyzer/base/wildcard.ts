/** Whether a name fits a pattern in which `*` stands for any characters, none included. Case counts. Linear in both lengths for one `*`. */
export function matchesWildcard(pattern: string, name: string): boolean {
  // The classic two-pointer walk: after a mismatch, the last `*` takes one character more.
  let p = 0
  let n = 0
  let star = -1
  let resume = 0
  while (n < name.length) {
    if (pattern[p] === '*') {
      star = p++
      resume = n
    } else if (p < pattern.length && pattern[p] === name[n]) {
      p++
      n++
    } else if (star >= 0) {
      p = star + 1
      n = ++resume
    } else return false
  }
  while (pattern[p] === '*') p++
  return p === pattern.length
}
