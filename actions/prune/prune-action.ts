import { type Action, commonInputs, type InputValues, input } from '@mlwright/action'
import { fmtBytes, plural } from '@mlwright/report'
import { recordsBranch } from '@mlwright/tracking'
import { type Pruned, pruneRecords } from './prune-records.ts'

const inputs = {
  keep: input.number('Newest runs of each model that stay; those of registered versions always do.', {
    default: 100,
    min: 0,
  }),
  'dry-run': input.flag('Write nothing; show what would stay.', { default: false }),
  'working-directory': commonInputs['working-directory'],
}

function message({ dropped, dry_run: dry, kept }: Pruned): string {
  const what = `${plural(dropped.runs, 'run')} (${fmtBytes(dropped.bytes)})`
  const stays = `${plural(kept.runs, 'run')} (${fmtBytes(kept.bytes)})`
  return dry
    ? `${what} would go and ${stays} stay; run it without \`--dry-run\`.`
    : `${what} went and ${stays} stay, in one commit here. \`git push --force-with-lease origin ${recordsBranch}\` replaces the branch for everybody.`
}

/** `mlwright prune`: the records branch begins again with what is still needed. */
export function pruneAction(): Action {
  return {
    name: 'prune',
    description: 'Start a fresh history of the records branch, without old runs that no version is of.',
    inputs,
    outputs: {},
    async run(given, ports) {
      const pruned = await pruneRecords(given as InputValues<typeof inputs>, ports)
      return { verdict: 'pass', message: message(pruned), summary: '', noun: pruned, outputs: {} }
    },
  }
}
