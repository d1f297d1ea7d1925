import { int32Zeros } from '../base/zeros.ts'

const FIRST_ROWS = 64

/**
 * Rows of so many integers each, in one array that grows: what is known of one thing lies side by side. Cell k of row r is
 * `cells[width * r + k]`. `cells` is another array after `add`.
 */
export class IntRows {
  cells: Int32Array
  size = 0
  private readonly width: number

  constructor(width: number) {
    this.width = width
    this.cells = int32Zeros(width * FIRST_ROWS)
  }

  /** Adds a row of zeros, and returns its number. */
  add(): number {
    const { cells, width } = this
    if (width * (this.size + 1) > cells.length) {
      this.cells = int32Zeros(2 * cells.length)
      this.cells.set(cells)
    }
    return this.size++
  }
}
