// Makes a folder or a file that a server cannot write, by the first way that works here. Root may write in spite of
// permissions, so as root it takes an attribute of the file system, a read-only mount, or another user.

import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { CLI } from '../../cli/test-cli.ts'

/** User and group that own nothing, on every Unix. */
const NOBODY = 65_534

const run = (command: string, ...args: string[]): boolean => spawnSync(command, args).status === 0
const isRoot = process.getuid?.() === 0

export type Way = 'permissions' | 'chattr +i' | 'a read-only mount' | 'another user'

/** How folders are made read-only here. Throws if there is no way at all: such a machine cannot run these tests. */
export const READ_ONLY_WAY: Way = ((): Way => {
  if (!isRoot) return 'permissions'
  const folder = mkdtempSync(join(tmpdir(), 'tailrace-probe-'))
  try {
    const file = join(folder, 'file')
    writeFileSync(file, '')
    if (run('chattr', '+i', file)) {
      run('chattr', '-i', file)
      return 'chattr +i'
    }
    if (run('mount', '--bind', folder, folder)) {
      const works = run('mount', '-o', 'remount,bind,ro', folder)
      run('umount', folder)
      if (works) return 'a read-only mount'
    }
    // The sources must be readable to the other user, which they are not under a home of root's.
    const { status } = spawnSync(process.execPath, [...CLI, '--version'], { uid: NOBODY, gid: NOBODY })
    if (status === 0) return 'another user'
  } finally {
    rmSync(folder, { recursive: true })
  }
  throw new Error('no way to make a folder read-only: neither permissions, chattr, mount nor another user bind here')
})()

/** Makes the folder and all files in it read-only. `uid` is the user whom it binds; undefined for ourselves. */
export function makeReadOnly(folder: string, files: readonly string[]): { uid?: number; undo(): void } {
  const paths = [...files.map((file) => join(folder, file)), folder]
  let undo = () => {}
  let uid: number | undefined
  switch (READ_ONLY_WAY) {
    case 'chattr +i':
      run('chattr', '+i', ...paths)
      undo = () => void run('chattr', '-i', ...paths)
      break
    case 'a read-only mount':
      run('mount', '--bind', folder, folder)
      run('mount', '-o', 'remount,bind,ro', folder)
      undo = () => void run('umount', '-l', folder)
      break
    case 'another user':
      // Root's own, and readable to all.
      uid = NOBODY
      for (const path of paths) chownSync(path, 0, 0)
      chmodSync(folder, 0o555)
      break
    case 'permissions':
      for (const path of paths) chmodSync(path, path === folder ? 0o555 : 0o444)
      undo = () => {
        for (const path of paths) chmodSync(path, path === folder ? 0o755 : 0o644)
      }
  }
  onTestFinished(undo)
  return uid === undefined ? { undo } : { uid, undo }
}
