/** Says once, whatever the transport, that metrics are taken and not kept. */
export function createDropNotice(warn: (line: string) => void): () => void {
  let said = false
  return () => {
    if (!said) warn('metrics are arriving: they are accepted and dropped, only traces and logs are kept')
    said = true
  }
}
