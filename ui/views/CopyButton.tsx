import { useEffect, useState } from 'preact/hooks'
import { copyText } from './copyText.ts'

/** Copies `text` and says so on itself for a moment. */
export function CopyButton({ text, label = 'Copy' }: { readonly text: string; readonly label?: string }) {
  const [said, say] = useState('')
  useEffect(() => {
    if (said === '') return
    const timer = setTimeout(() => say(''), 1_600)
    return () => clearTimeout(timer)
  }, [said])
  return (
    <button
      type="button"
      class="button small"
      onClick={() => void copyText(text).then((done) => say(done ? 'Copied' : 'Refused'))}
    >
      {said || label}
    </button>
  )
}
