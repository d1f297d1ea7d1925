/**
 * Names of tools that put a question to a person and wait for the answer, as agents name them: `ask_user`,
 * `AskUserQuestion`, `request_human_approval`, `human_input`. A tool that does something to a user (`approve_user`,
 * `get_user`) is not one of them.
 */
const ASKS_A_PERSON: readonly RegExp[] = [
  /(?:^|_)(?:ask|prompt)_(?:the_|a_|for_)*(?:user|human|person|approval|confirmation)(?:_|$)/,
  /(?:^|_)ask_(?:a_)?(?:followup|follow_up|clarifying)_question$/,
  /(?:^|_)(?:confirm|approve)_(?:with|by)_(?:the_|a_)?(?:user|human|person)(?:_|$)/,
  /(?:^|_)(?:request|await|wait_for)_(?:the_|a_)?(?:user|human|person)?_?(?:input|approval|confirmation)(?:_|$)/,
  /^(?:get_)?(?:user|human|person)_(?:input|approval|confirmation|assistance|feedback)$/,
  /(?:^|_)hand_?off_to_(?:the_|a_)?(?:user|human|person)$/,
  // Claude Code's plan, which a person accepts; questions of Copilot in VS Code.
  /^exit_plan_mode$/,
  /^vscode_ask_questions$/,
]

/** In the name of every tool that those match. Most names are done with after this. */
const HINT = /ask|prompt|confirm|approv|input|assist|feedback|hand|plan/i

/** Whether the time that calls of `tool` take is a person's. Only the name tells. */
export function asksPerson(tool: string): boolean {
  if (!HINT.test(tool)) return false
  const name = tool
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z\d]+/g, '_')
    .toLowerCase()
  return ASKS_A_PERSON.some((pattern) => pattern.test(name))
}
