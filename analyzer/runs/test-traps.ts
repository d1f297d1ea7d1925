/** Ends of content as Gemini CLI, Copilot and a limit on the length of attributes leave them. */
export const truncatedTexts = [
  '{"rooms":[{"id":"r1"},{"id":"r...[TRUNCATED: original length 20412]',
  '{"rooms":[{"id":"r1"},{"id":"r...[truncated, original 70112 chars]',
  '{"rooms":[{"id":"r1"},{"id":"r',
] as const
