/** A nominal type: a `T` that was checked or made at a border, and cannot be mixed up with another `T` by accident. */
export type Brand<T, Name extends string> = T & { readonly __brand: Name }
