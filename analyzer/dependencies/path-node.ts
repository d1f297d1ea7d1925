/** One container on the way to a leaf. Paths are linked, not joined: most are never printed. */
export interface PathNode {
  readonly parent: PathNode | null
  readonly key: string | number
  /** What `pathText` made of it, '' until it was asked. */
  text: string
}

export const pathNode = (parent: PathNode | null, key: string | number): PathNode => ({ parent, key, text: '' })

/** Whether two paths go through the same names and numbers. */
export function isSamePath(a: PathNode | null, b: PathNode | null): boolean {
  let one = a
  let other = b
  while (one !== null && other !== null && one !== other) {
    if (one.key !== other.key) return false
    one = one.parent
    other = other.parent
  }
  return one === other
}

/** `$.rooms[0].id`, `$["a b"]`; `$` for the value itself. */
export function pathText(path: PathNode | null): string {
  if (path === null) return '$'
  if (path.text === '') {
    let text = ''
    for (let node: PathNode | null = path; node !== null; node = node.parent) text = stepText(node.key) + text
    path.text = `$${text}`
  }
  return path.text
}

function stepText(key: string | number): string {
  if (typeof key === 'number') return `[${key}]`
  return PLAIN_NAME.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`
}

const PLAIN_NAME = /^[A-Za-z_$][\w$]*$/
