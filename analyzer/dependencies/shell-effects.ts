// What a shell script does, read off its syntax tree: which commands, which files, what becomes of the shell itself.

import { parse } from 'unbash'
import type { EffectKind } from '../model/dependency.ts'
import { cleanPath } from './paths.ts'
import { onlyLooks } from './shell-looks.ts'

/** What a text of code does, and to which things; no things: nobody knows which. */
export interface CodeEffect {
  readonly kind: EffectKind
  readonly resources: readonly string[]
}

/** Commands that only look, and whose words are files; of some the first word is a pattern or a program. */
const READ_FILES = new Set(
  'cat ls head tail wc stat file du tree less more nl tac md5sum sha256sum sha1sum cksum readlink realpath basename dirname test [ diff cmp sort uniq cut'.split(
    ' ',
  ),
)
const READ_AFTER_FIRST = new Set('grep egrep fgrep rg ag sed awk jq yq'.split(' '))
/** Commands that look at nothing that other calls could change, or at what has no name. */
const READ_NOTHING = new Set(
  'echo printf pwd date whoami id uname hostname env printenv which type true false seq expr nproc uptime tr column xargs'.split(
    ' ',
  ),
)
const READ_WORLD = new Set('ps df free top lsof netstat ss jobs ping dig nslookup host curl wget'.split(' '))
/** Commands that change the files they name, all words being files. */
const WRITE_FILES = new Set('rm rmdir mkdir touch cp mv ln chmod chown truncate tee unlink install'.split(' '))
/** Commands that change the shell that later calls may share. */
const SESSION = new Set(
  'cd pushd popd export unset source . alias unalias read wait sleep set shopt trap exec eval ssh su login logout exit tmux screen'.split(
    ' ',
  ),
)
/** Options that make a looking command change files. */
const CHANGES: ReadonlyMap<string, RegExp> = new Map(
  Object.entries({
    // Of `sedCommands`: `w file` and `e` as commands, and after the flags of `s`; a program in a file may hold either.
    sed: /^(-[a-zA-Z]*[if]|--in-?place|--file)|(^|[\s;{}\d$!])(w\s|e\s*($|[\s;}]))|\bs\/[gpim\d]{0,8}[we]/i,
    find: /^-(delete|exec|execdir|ok|okdir|fprint|fls)/,
    sort: /^(-[a-zA-Z]*o|--output|--compress-program)/,
    git: /^(--output|--open-files-in-pager|--ext-diff|-O)/,
    file: /^(-[a-zA-Z]*C|--compile)/,
    rg: /^--(pre|hostname-bin)(=|$)/,
    less: /^(-[a-zA-Z]*[oO]|--log-file|\+)/i,
    ss: /^(-[a-zA-Z]*K|--kill)/,
    curl: /^(-[a-zA-Z]*[XdFToOcDK]|--(request|data|json|form|upload|output|remote|cookie-jar|dump-header|config|trace|stderr|libcurl|etag-save))/,
    wget: /^/,
    awk: /^(-i|--include|-f|--file)|[>|]|system/,
    yq: /^(-i|--inplace)/,
    xargs: /^/,
    tree: /^-o/,
    date: /^(-s|--set|\d{8})/,
    hostname: /^[^-]/,
  }),
)
const IN_PLACE = /^(-[a-zA-Z]*i|--in-?place)/
/** Wrappers: what comes after decides. */
const WRAPPERS = new Set('sudo time nice nohup timeout command env builtin stdbuf'.split(' '))

/** Longer scripts are programs: parsing them takes longer than knowing their files is worth. UTF-16 code units. */
const MAX_LENGTH = 50_000
/** Scripts inside scripts are opened so many times: each is read again from its start. */
const MAX_NESTING = 20

/** What became of the parts of a script so far. */
interface Found {
  reads: boolean
  writes: boolean
  session: boolean
  /** Something is touched that has no name here. */
  vague: boolean
  readonly paths: Set<string>
}

/** What a script does that nobody reads. */
export const UNREAD_SCRIPT: CodeEffect = { kind: 'write', resources: [] }

/**
 * Strongest effect of a script, and the files that it names as `path:`. `session`: it changes the shell itself. What does not
 * parse, and every command that is not known, is a write of nobody knows what.
 */
export function shellEffect(script: string): CodeEffect {
  if (script.length > MAX_LENGTH) return UNREAD_SCRIPT
  const tree = parse(script)
  if (tree.errors !== undefined && tree.errors.length > 0) return UNREAD_SCRIPT
  const found: Found = { reads: false, writes: false, session: false, vague: false, paths: new Set() }
  const open: { node: unknown; inner: boolean; nesting: number }[] = [{ node: tree, inner: false, nesting: 0 }]
  // A part that was asked for is a property as well: each node is read once.
  const seen = new Set<unknown>()
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node } = next
    if (node === null || typeof node !== 'object' || seen.has(node)) continue
    seen.add(node)
    if (Array.isArray(node)) {
      for (const item of node) open.push({ ...next, node: item })
      continue
    }
    const one = node as Readonly<Record<string, unknown>>
    // What a subshell does to itself ends with it.
    const own = /^(Subshell|CommandExpansion|ProcessSubstitution)$/.test(String(one.type))
    const inner = next.inner || own
    const nesting = own ? next.nesting + 1 : next.nesting
    if (nesting > MAX_NESTING) {
      noteUnknown(found)
      continue
    }
    if (one.type === 'Command') noteCommand(one, inner, found)
    if (one.type === 'Redirect') noteRedirect(one, found)
    if (one.type === 'Function') found.session = found.session || !inner
    // Parts and nested scripts are parsed when they are asked for: they are no own properties.
    for (const part of [...Object.values(one), one.parts, one.script])
      if (typeof part === 'object') open.push({ node: part, inner, nesting })
  }
  const kind = found.session ? 'session' : found.writes ? 'write' : 'read'
  const resources = found.vague ? [] : [...found.paths].map((path) => `path:${path}`).sort()
  return { kind, resources }
}

function noteCommand(command: Readonly<Record<string, unknown>>, inner: boolean, found: Found): void {
  let words = [command.name, ...((command.suffix as unknown[]) ?? [])].filter(isWord)
  while (words.length > 1 && WRAPPERS.has(nameOf(words[0]))) {
    words = words.slice(1)
    while (words.length > 1 && /^(-|\d+[smh]?$|\w+=)/.test(words[0]?.value ?? '')) words = words.slice(1)
  }
  if (words.length === 0) {
    // `FOO=1` alone stays in the shell.
    if (!inner) found.session = true
    return
  }
  const name = nameOf(words[0])
  const args = words.slice(1).map(({ value }) => value)
  // `$cmd`, `$(which x)`: nobody knows what runs.
  if (name === '' || /[$`*?]/.test(name)) {
    noteUnknown(found)
    return
  }
  if (SESSION.has(name)) {
    if (!inner) found.session = true
    return
  }
  // Whatever the command is, if it is one that is installed: a script of the project's may take no options.
  if (args.length === 1 && !words[0]?.value.includes('/') && /^--(version|help)$/.test(args[0] as string)) {
    found.reads = true
    return
  }
  const changes = args.some((arg) => CHANGES.get(name)?.test(name === 'sed' ? sedCommands(arg) : arg) === true)
  const rest = args.filter((arg) => !arg.startsWith('-') && !/^[+-]?\d+[a-zA-Z]?$/.test(arg))
  // Its second file is written.
  if (name === 'uniq' && rest.length > 1) noteUnknown(found)
  else if (WRITE_FILES.has(name)) {
    found.writes = true
    notePaths(rest, found)
  } else if (READ_FILES.has(name) && !changes) {
    found.reads = true
    // Without a file it is the folder, or what is piped in.
    notePaths(rest.length > 0 || !/^(ls|du|tree)$/.test(name) ? rest : ['.'], found)
  } else if (READ_AFTER_FIRST.has(name)) {
    // Edited in place are the files that it names; a program that writes may write anywhere.
    if (changes && args.some((arg) => IN_PLACE.test(arg))) found.writes = true
    else if (changes) noteUnknown(found)
    found.reads = true
    const files = rest.slice(1)
    notePaths(files.length > 0 || !args.some((arg) => /^-[a-zA-Z]*[rR]|^--recursive/.test(arg)) ? files : ['.'], found)
  } else if (name === 'find' && !changes) {
    found.reads = true
    const folders = args.slice(
      0,
      args.findIndex((arg) => /^[-(!]/.test(arg)) < 0 ? undefined : args.findIndex((arg) => /^[-(!]/.test(arg)),
    )
    notePaths(folders.length > 0 ? folders : ['.'], found)
  } else if (READ_NOTHING.has(name) && !changes) found.reads = true
  else if (READ_WORLD.has(name) && !changes) {
    found.reads = true
    found.vague = true
  } else if (onlyLooks(name, args) && !changes) {
    found.reads = true
    found.vague = true
  } else noteUnknown(found)
}

/**
 * A sed program without what it looks for and puts there: `/old/s/a/b/gw out` -> `0 s/gw out`. A long one is not taken apart,
 * which takes its length squared, and may do anything: `e`. UTF-16 code units.
 */
function sedCommands(program: string): string {
  if (program.startsWith('-')) return program
  if (program.length > 2000) return 'e'
  return program
    .replace(/(?<![\w/.-])s([^\w\s\\])(?:\\.|(?!\1).)*\1(?:\\.|(?!\1).)*\1/gs, ' s/')
    .replace(/(?<![\w.])\/(?:\\.|[^/\\])*\/(?=[\s,!{}a-zA-Z])/gs, '0 ')
}

function noteUnknown(found: Found): void {
  found.writes = true
  found.vague = true
}

function noteRedirect(redirect: Readonly<Record<string, unknown>>, found: Found): void {
  const { operator, target } = redirect
  if (!isWord(target) || /^(<<|<<-|<<<)$/.test(String(operator)) || /^(\/dev\/null|&?[0-9-]+)$/.test(target.value))
    return
  if (String(operator).includes('>')) found.writes = true
  else found.reads = true
  notePaths([target.value], found)
}

function notePaths(words: readonly string[], found: Found): void {
  for (const word of words) {
    // A name that the shell works out is nobody's to know; a pattern is the folder that it is in.
    if (/[$`]/.test(word)) found.vague = true
    else if (/[*?[{]/.test(word)) found.paths.add(cleanPath(folderOf(word) || '.'))
    else found.paths.add(cleanPath(word))
  }
}

/** What stands before the part of a pattern that is not plain: `src/` of `src/*.ts`. */
const folderOf = (pattern: string): string => pattern.slice(0, pattern.lastIndexOf('/', pattern.search(/[*?[{]/)) + 1)

interface Word {
  readonly type: 'Word'
  readonly value: string
}

const isWord = (value: unknown): value is Word => (value as Word | undefined)?.type === 'Word'
const nameOf = (word: Word | undefined): string => (word?.value ?? '').replace(/^.*\//, '')
