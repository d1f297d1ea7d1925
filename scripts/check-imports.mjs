// Holds every import in the tree against `import-rules.mjs`, prints what breaks a rule, and exits 1 if anything does.
// Imports are read as text, which is enough for static `import`/`export ... from` and `import()` of a literal.

import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { debts, forbidden, rules } from './import-rules.mjs'

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\b[^'"`;]*?from\s*['"]([^'"]+)['"]|(?:^|\n)\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/g

const inside = (path, folder) => path === folder || path.startsWith(`${folder}/`)
const ruleOf = (file) =>
  rules.filter((rule) => inside(file, rule.from)).sort((a, b) => b.from.length - a.from.length)[0]
const packageOf = (name) => name.split('/', name.startsWith('@') ? 2 : 1).join('/')

/** Why this import is not allowed, or null. */
function objection(file, rule, target) {
  if (target.startsWith('node:')) return rule.node ? null : `${rule.from} may not use node:*`
  if (!target.startsWith('.')) {
    const name = packageOf(target)
    return rule.packages.includes('*') || rule.packages.includes(name)
      ? null
      : `${rule.from} may not use the package ${name}`
  }
  const path = normalize(join(dirname(file), target))
  // A folder with rules of its own is not part of the folder around it.
  if (inside(path, rule.from) && ruleOf(path)?.from === rule.from) return null
  return rule.may.some((allowed) => inside(path, allowed)) ? null : `${rule.from} may not import ${path}`
}

const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.ts', '*.tsx'], { encoding: 'utf8' })
  .split('\n')
  .filter(
    (file) =>
      file &&
      !/\.test\.tsx?$|(^|\/)test-[^/]*\.ts$|\.d\.ts$|^vitest\.config\.ts$|^vite\.config\.ts$|^ui\/browser\/|^fixtures\/agents\//.test(
        file,
      ),
  )

const broken = []
for (const file of files) {
  const rule = ruleOf(file)
  if (!rule) {
    broken.push(`${file}: no rule covers this folder; add one to scripts/import-rules.mjs`)
    continue
  }
  const source = readFileSync(file, 'utf8')
  // Code for others to paste stands in template literals, and is not imported by anybody.
  const text = rule.quotesCode ? source.replace(/`(?:\\[\s\S]|[^`\\])*`/g, '``') : source
  for (const match of text.matchAll(IMPORT)) {
    const target = match[1] ?? match[2] ?? match[3]
    const reason = objection(file, rule, target)
    if (reason && !debts.includes(`${file} -> ${target}`)) broken.push(`${file}: imports ${target}: ${reason}`)
  }
  const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
  for (const ban of forbidden) {
    if (inside(file, ban.from) && ban.pattern.test(code))
      broken.push(`${file}: ${code.match(ban.pattern)[0]}: ${ban.why}`)
  }
}

for (const debt of debts) console.log(`debt: ${debt}`)
for (const line of broken) console.error(line)
console.log(`${files.length} files, ${broken.length} imports against the rules, ${debts.length} debts`)
process.exit(broken.length ? 1 : 0)
