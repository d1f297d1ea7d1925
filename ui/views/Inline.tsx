/** A sentence whose parts between backticks are code. Everything is a text node. */
export function Inline({ text }: { readonly text: string }) {
  return <>{text.split('`').map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part))}</>
}
