// The pages in docs/frameworks, from the data that the page and `tailrace doctor` use too.

import { BY_DEFAULT } from '../analyzer/frameworks/by-default.ts'
import type { Framework, Snippet } from '../analyzer/frameworks/framework.ts'
import { frameworks } from '../analyzer/frameworks/index.ts'

/** File name -> text, as Biome formats it. */
export function frameworkDocs(): ReadonlyMap<string, string> {
  return new Map([
    ['README.md', overview()],
    ...frameworks.map((framework): [string, string] => [`${framework.id}.md`, page(framework)]),
  ])
}

const GENERATED = '<!-- Written by `npm run docs` from analyzer/frameworks. -->'

function overview(): string {
  const lines = frameworks.map(({ id, name, content }) => `- [${name}](${id}.md)${NOTES[content.byDefault]}`)
  return `${[
    GENERATED,
    '# Set-up by framework',
    'Lines to paste, what is captured then, and known limits. The same is on the page under _Set up_.',
    lines.join('\n'),
  ].join('\n\n')}\n`
}

const NOTES: typeof BY_DEFAULT = {
  on: '',
  off: ': arguments and results have to be turned on',
  never: ': through OpenInference; its own telemetry has no arguments and results',
}

function page({ name, setup, captured, limits, content }: Framework): string {
  return `${[
    GENERATED,
    `# ${name}`,
    ...setup.map(snippet),
    '## What is captured',
    list(captured),
    '## Arguments and results',
    BY_DEFAULT[content.byDefault],
    snippet(content.setting),
    '## Known limits',
    list(limits),
  ].join('\n\n')}\n`
}

const snippet = ({ title, language, code }: Snippet): string => `${title}:\n\n\`\`\`${language}\n${code}\n\`\`\``

const list = (sentences: readonly string[]): string => sentences.map((sentence) => `- ${sentence}`).join('\n')
