import type { Finding, ReportRun } from '../../analyzer/model/report.ts'
import type { TimeView } from '../layout/timeScale.ts'
import { notice } from '../state/app.ts'
import { changeView, go } from '../state/route.ts'
import { type CriticalMode, parseRoute, type RunView } from '../state/url.ts'
import type { RunMoves } from './runMoves.ts'
import { useKeys } from './useKeys.ts'

interface Props {
  readonly run: ReportRun
  readonly view: RunView
  readonly selected: string | null
  readonly finding: Finding | null
  readonly measured: TimeView | null
  readonly moves: RunMoves
  readonly search: () => void
  readonly evidence: () => void
  /** While the key is held. */
  readonly onFlip: (flipped: boolean) => void
  readonly onMeasure: (range: TimeView | null) => void
}

const AFTER: Readonly<Record<CriticalMode, CriticalMode>> = { mark: 'only', only: 'off', off: 'mark' }
const CRITICAL_WORDS: Readonly<Record<CriticalMode, string>> = {
  mark: 'Critical path marked',
  only: 'Critical path alone',
  off: 'Critical path off',
}

/** The keys of the Run screen: what each command of `keys.ts` does here. */
export function useRunKeys({
  run,
  view,
  selected,
  finding,
  measured,
  moves,
  search,
  evidence,
  onFlip,
  onMeasure,
}: Props) {
  const openFinding = (index: number) => {
    if (run.findings.length > 0) moves.openFinding(Math.min(Math.max(index, 0), run.findings.length - 1))
  }
  useKeys('run', {
    'zoom-in': ({ fast }) => moves.zoom(fast ? 2.2 : 1.35),
    'zoom-out': ({ fast }) => moves.zoom(1 / (fast ? 2.2 : 1.35)),
    'pan-left': ({ fast }) => moves.pan(fast ? -0.4 : -0.12),
    'pan-right': ({ fast }) => moves.pan(fast ? 0.4 : 0.12),
    fit: moves.fit,
    focus: moves.focus,
    'row-down': () => moves.moveBy(1),
    'row-up': () => moves.moveBy(-1),
    'row-first': () => moves.moveBy(Number.NEGATIVE_INFINITY),
    'row-last': () => moves.moveBy(Number.POSITIVE_INFINITY),
    'to-dependency': moves.toDependency,
    'to-dependent': moves.toDependent,
    'step-next': () => moves.walkPath(1),
    'step-previous': () => moves.walkPath(-1),
    'finding-next': () => openFinding((view.finding ?? -1) + 1),
    'finding-previous': () => openFinding((view.finding ?? 1) - 1),
    evidence,
    critical: () => {
      const next = AFTER[view.critical]
      changeView({ critical: next })
      notice.set(CRITICAL_WORDS[next])
    },
    flip: ({ down }) => onFlip(down),
    mode: () => changeView({ mode: view.mode === 'table' ? 'overlay' : 'table' }),
    search,
    back: () => {
      if (measured !== null) onMeasure(null)
      else if (selected !== null) moves.select(null)
      else if (finding !== null) moves.openFinding(null)
      else if (view.range !== null) moves.fit()
      else go(parseRoute('#/'))
    },
  })
}
