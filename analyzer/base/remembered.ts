/** A function that is asked for each key once. It remembers as long as it lives itself. */
export function remembered<K, T>(of: (key: K) => T): (key: K) => T {
  const known = new Map<K, T>()
  return (key) => {
    let value = known.get(key)
    if (value === undefined) {
      value = of(key)
      known.set(key, value)
    }
    return value
  }
}
