// A disk that is soon full, by the first way that this machine allows.

import { spawnSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { tempFolder } from './test-server.ts'

export interface SmallDisk {
  readonly folder: string
  /** Makes room for some megabytes, as a person would who deletes other files. */
  makeRoom(): void
}

const MIB = 1024 * 1024

const mount = (...args: string[]): boolean => spawnSync('mount', args).status === 0

/** Whether a file system can be mounted here: as root with the right to. */
export const CAN_MOUNT = ((): boolean => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false
  const probe = spawnSync('sh', [
    '-c',
    'd=$(mktemp -d) && mount -t tmpfs -o size=64k tmpfs "$d" && umount "$d"; s=$?; rmdir "$d"; exit $s',
  ])
  return probe.status === 0
})()

/** A file system of `mib` MiB, half of it taken by a file that has nothing to do with Tailrace. */
export function mountSmallDisk(mib: number): SmallDisk {
  const folder = tempFolder()
  if (!mount('-t', 'tmpfs', '-o', `size=${mib}m`, 'tmpfs', folder)) throw new Error('tmpfs could not be mounted')
  onTestFinished(() => void spawnSync('umount', ['-l', folder]))
  const filler = join(folder, 'something-else')
  writeFileSync(filler, Buffer.alloc((mib / 2) * MIB, 1))
  return { folder, makeRoom: () => rmSync(filler) }
}
