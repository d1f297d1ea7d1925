import { CopyButton } from './CopyButton.tsx'

export function CodeBlock({ code }: { readonly code: string }) {
  return (
    <div class="code-block">
      <pre>
        <code>{code}</code>
      </pre>
      <CopyButton text={code} />
    </div>
  )
}
