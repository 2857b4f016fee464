// Compiled by ../define-action.test.ts: an error that is expected and does not come fails it too.
import { type Action, defineAction, input } from '@mlwright/action'

const inputs = {
  'max-psi': input.number('Largest PSI.', { default: 0.2, min: 0 }),
  kind: input.choice('Kind.', ['all', 'one'], { default: 'all' }),
  since: input.text('Since.', { optional: true }),
  quick: input.flag('Quick.', { default: false }),
}
const outputs = { verdict: 'Verdict.', report: 'Report.' }
const base = { name: 'monitor', description: 'Monitor.', inputs, outputs }
const outcome = { verdict: 'pass', summary: '', noun: null } as const

const monitor = defineAction({
  ...base,
  async run({ maxPsi, kind, since, quick, config, model, workingDirectory, token, failOn }, { clock }) {
    const number: number = maxPsi
    const choice: 'all' | 'one' = kind
    const optional: string | undefined = since
    const flag: boolean = quick
    const texts: string[] = [config, workingDirectory]
    const maybe: (string | undefined)[] = [model, token]
    const fail: 'fail' | 'warn' | 'never' = failOn
    const report = [number, choice, optional, flag, texts, maybe, fail, clock.now()].join()
    if (quick) return { ...outcome, outputs: { verdict: 'pass', report: '' } }
    return { ...outcome, outputs: { verdict: 'pass', report } }
  },
})
export const general: Action = monitor

// An input under a name that it does not have.
defineAction({
  ...base,
  // @ts-expect-error
  run: async ({ maxPsy }) => ({ ...outcome, outputs: { verdict: String(maxPsy), report: '' } }),
})

// An output is missing.
defineAction({
  ...base,
  // @ts-expect-error
  run: async () => ({ ...outcome, outputs: { verdict: 'pass' } }),
})

// An output that was not declared.
defineAction({
  ...base,
  // @ts-expect-error
  run: async () => ({ ...outcome, outputs: { verdict: 'pass', report: '', rows: '1' } }),
})

// An output that is no text.
defineAction({
  ...base,
  // @ts-expect-error
  run: async () => ({ ...outcome, outputs: { verdict: 'pass', report: 1 } }),
})

// A default that the choice does not have.
// @ts-expect-error
input.choice('Kind.', ['all', 'one'], { default: 'none' })
