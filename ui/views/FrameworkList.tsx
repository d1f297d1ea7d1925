import { frameworks } from '../../analyzer/frameworks/index.ts'

/** Links to the set-up of each framework. */
export function FrameworkList({ current = null }: { readonly current?: string | null }) {
  return (
    <nav class="frameworks" aria-label="Frameworks">
      {frameworks.map(({ id, name }) => (
        <a key={id} href={`#/setup/${id}`} aria-current={id === current ? 'page' : undefined}>
          {name}
        </a>
      ))}
    </nav>
  )
}
