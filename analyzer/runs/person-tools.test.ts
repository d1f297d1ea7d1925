import { expect, test } from 'vitest'
import { asksPerson } from './person-tools.ts'

test.each([
  'ask_user',
  'AskUserQuestion',
  'mcp__chat__ask_human',
  'ask-the-user',
  'ask_for_approval',
  'confirm_with_user',
  'request_human_approval',
  'wait_for_confirmation',
  'human_input',
  'getUserInput',
  'human_assistance',
  'handoff_to_user',
  'adk_request_confirmation',
  'request_user_input',
  'ExitPlanMode',
  'vscode_askQuestions',
])('%s asks a person', (tool) => {
  expect(asksPerson(tool)).toBe(true)
})

test.each([
  'get_user',
  'approve_user',
  'confirm_booking',
  'save_user_input',
  'task_user_list',
  'get_approval_status',
  'handoff_to_booking',
  'plan_mode',
])('%s does not', (tool) => {
  expect(asksPerson(tool)).toBe(false)
})
