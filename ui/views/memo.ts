import { Component, type ComponentChildren, type FunctionComponent, h } from 'preact'

/**
 * Renders again only when a property has changed, functions left out: handlers are made anew on every render and read
 * what they need when they are called. (preact/compat has a `memo`, and a React compatibility layer with it.)
 */
export function memo<P extends object>(render: FunctionComponent<P>): FunctionComponent<P> {
  class Memo extends Component<P> {
    override shouldComponentUpdate(next: P): boolean {
      const before = this.props as Record<string, unknown>
      return Object.entries(next).some(
        ([name, value]) => typeof value !== 'function' && !Object.is(before[name], value),
      )
    }
    override render(): ComponentChildren {
      return h(render, this.props as P & { children?: ComponentChildren })
    }
  }
  return Memo as unknown as FunctionComponent<P>
}
