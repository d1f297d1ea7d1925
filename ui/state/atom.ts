// A value, a setter, subscribers and one hook. Example:
//
//   export const helpOpen = atom(false)
//   helpOpen.set(true)
//   const open = useAtom(helpOpen)      // in a component: renders again when the value changes

import { useEffect, useReducer } from 'preact/hooks'

export interface Readable<T> {
  get(): T
  /** Calls `listener` after every change; returns the way to stop. */
  subscribe(listener: () => void): () => void
}

export interface Atom<T> extends Readable<T> {
  set(next: T): void
}

export function atom<T>(initial: T): Atom<T> {
  let value = initial
  const listeners = new Set<() => void>()
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return
      value = next
      for (const listener of [...listeners]) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

export function useAtom<T>(source: Readable<T>): T {
  const [, again] = useReducer((count: number, _: undefined) => count + 1, 0)
  const value = source.get()
  useEffect(() => {
    // The value may have changed between the render and this effect.
    if (!Object.is(source.get(), value)) again(undefined)
    return source.subscribe(() => again(undefined))
  }, [source])
  return value
}
