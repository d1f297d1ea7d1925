import type { EffectKind } from '../../analyzer/model/dependency.ts'
import type { Override } from '../../analyzer/model/options.ts'
import type { ReportCall } from '../../analyzer/model/report.ts'
import { withOverride } from '../state/overrides.ts'
import { changeView } from '../state/route.ts'

/** The user's own word on what a tool does, for all its calls. Pressing it again takes it back. */
export function EffectButtons({
  call,
  overrides,
}: {
  readonly call: ReportCall
  readonly overrides: readonly Override[]
}) {
  const said = overrides.find((o) => o.kind === 'effect' && o.tool === call.tool)
  const saidEffect = said?.kind === 'effect' ? said.effect : null
  const say = (effect: EffectKind) =>
    changeView(
      {
        overrides:
          saidEffect === effect
            ? overrides.filter((o) => o !== said)
            : withOverride(overrides, { kind: 'effect', tool: call.tool, effect }),
      },
      'entry',
    )
  const choices = (['read', 'write'] as const).filter((effect) => saidEffect !== null || call.effect.kind !== effect)
  return (
    <p class="effect-buttons">
      {choices.map((effect) => (
        <button
          key={effect}
          type="button"
          class="button small"
          aria-pressed={saidEffect === effect}
          onClick={() => say(effect)}
        >
          {effect === 'read' ? 'This tool only reads' : 'This tool writes'}
        </button>
      ))}
    </p>
  )
}
