/** Lines to paste, with what they are: a shell's, a settings file's, a program's. */
export interface Snippet {
  /** Where they go, e.g. `Before the agent starts (TypeScript)`. */
  readonly title: string
  /** Name of the language for Markdown. */
  readonly language: 'sh' | 'ts' | 'python' | 'json' | 'toml' | 'csharp' | 'properties'
  readonly code: string
}

/** How the runs of one framework come to Tailrace: what its page in the docs, the page in the UI and fixes are made of. */
export interface Framework {
  /** Of its page and in addresses. */
  readonly id: string
  readonly name: string
  /** What reports call it. */
  readonly reportedAs: readonly string[]
  readonly setup: readonly Snippet[]
  /** What is in the spans then, in sentences. */
  readonly captured: readonly string[]
  /** What is not, or not right, in sentences. */
  readonly limits: readonly string[]
  readonly content: {
    /** Whether arguments and results are there without asking. `never`: no setting brings them. */
    readonly byDefault: 'on' | 'off' | 'never'
    /** The lines that turn them on, or see to it that they are not turned off. */
    readonly setting: Snippet
  }
}

/** Where the snippets send spans to. Who shows them may put another address in its place. */
export const ENDPOINT = 'http://127.0.0.1:4318'
