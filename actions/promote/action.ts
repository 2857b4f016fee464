import { defineAction, input } from '@mlwright/action'
import { promote, promoteModes } from './promote.ts'
import { promoteOutputs } from './promote-outcome.ts'

export default defineAction({
  name: 'promote',
  description: 'Move a version to a stage by a pull request or at once, roll it back, or retire it.',
  inputs: {
    version: input.text('Version to move, such as v1.4.0 (default: the newest one; for a rollback, the one before).', {
      optional: true,
    }),
    stage: input.text('Stage to move it to (default: the first of `registry.stages`).', { optional: true }),
    mode: input.choice(
      '`pull-request` opens or updates the pull request whose merge promotes; `plan` lists what merged stages files ask for; `direct` moves the stage now; `rollback` puts the version before back; `unassign` takes the version out, so that the one before it takes over; `deregister` and `deprecate` retire a version or a model. Default: `pull-request`, on a laptop `direct`.',
      promoteModes,
      { optional: true },
    ),
  },
  outputs: promoteOutputs,
  run: promote,
  positional: ['model'],
})
