// Workflow commands of GitHub Actions. The runner reads `::error title=T::message` and undoes these escapes; see
// https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands

/** One `::error` line, whatever the title and the message hold. */
export function githubError(title: string, message: string): string {
  return `::error title=${escapeProperty(title)}::${escapeData(message)}`
}

const escapeData = (text: string): string => text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A')

const escapeProperty = (text: string): string => escapeData(text).replace(/:/g, '%3A').replace(/,/g, '%2C')
