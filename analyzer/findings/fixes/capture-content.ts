import { frameworkNamed } from '../../frameworks/index.ts'
import type { Fix } from './fix.ts'

/** The setting that turns the capture of arguments and results on, or what to use where there is none. */
export function captureContent(framework: string): Fix {
  const { content } = frameworkNamed(framework)
  return {
    summary:
      content.byDefault === 'never'
        ? `${framework} does not record tool arguments and results itself, and no setting adds them. ${content.setting.title}.`
        : `Turn on the capture of tool arguments and results in ${framework}. ${content.setting.title}:`,
    code: content.setting.code,
  }
}
