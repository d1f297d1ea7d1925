// The real command as a child process, from its source, in a folder of the test's own.

import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

export interface CliOptions {
  readonly cwd: string
  readonly env?: Readonly<Record<string, string>>
  /** Bytes for stdin; nothing unless given. */
  readonly input?: string
}

export interface CliEnd {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Node's arguments that make it `tailrace`. */
export const CLI = ['--import', import.meta.resolve('tsx'), fileURLToPath(new URL('./main.ts', import.meta.url))]

/** A folder that goes away with the test. */
export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tailrace-cli-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Starts `tailrace` and leaves it running; it is killed when the test ends. */
export function startCli(args: readonly string[], { cwd, env = {}, input = '' }: CliOptions) {
  const child = spawn(process.execPath, [...CLI, ...args], { cwd, env: { ...cleanEnv(), ...env } })
  onTestFinished(() => void child.kill('SIGKILL'))
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const ended = new Promise<CliEnd>((resolve) => child.once('close', (code) => resolve({ code, stdout, stderr })))
  child.stdin.end(input)
  return {
    child,
    ended,
    /** The first match of `pattern` in stdout. Throws with all output if the process ends without it. */
    async printed(pattern: RegExp): Promise<RegExpExecArray> {
      for (;;) {
        const match = pattern.exec(stdout)
        if (match) return match
        const closed = await Promise.race([ended, new Promise<null>((resolve) => setTimeout(resolve, 20, null))])
        if (closed && !pattern.test(stdout)) throw new Error(`never printed ${pattern}:\n${stdout}\n${stderr}`)
      }
    },
  }
}

/** Runs `tailrace` to its end. */
export function runCli(args: readonly string[], options: CliOptions): Promise<CliEnd> {
  return startCli(args, options).ended
}

/** The environment without what steers the command, so that a test means the same in CI. */
function cleanEnv(): NodeJS.ProcessEnv {
  const steering = /^(OTEL_|GITHUB_|NODE_OPTIONS$)/
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !steering.test(name)))
}
