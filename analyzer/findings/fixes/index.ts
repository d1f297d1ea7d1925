// What to change, for the framework that the spans came from, with the user's own tool names.

export { runTogether } from './agent-loop.ts'
export { captureContent } from './capture-content.ts'
export { inLoop } from './fix.ts'
export { askTogether } from './model-settings.ts'
export {
  askTheUser,
  cacheResult,
  capAt,
  fanOut,
  KEEP_THE_ORDER,
  NOTHING_TO_CHANGE,
  startAtOnce,
  waitFor,
} from './tool-code.ts'
export { writeProgram } from './write-program.ts'
