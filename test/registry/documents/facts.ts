import { builtInSignature, type ReleaseFacts } from '@mlwright/registry'
import { comparison, evaluation, run, sha } from '../../report/fixtures.ts'

/** The release of the pull request that the fixtures of report describe. */
export const facts: ReleaseFacts = {
  version: 'v1.4.0',
  tag: 'churn@v1.4.0',
  commit: sha('e', 40),
  repository: 'https://github.com/acme/telco',
  project: {
    name: 'telco-churn',
    objective: 'Find the customers who are about to leave, so that retention can call them first.',
    owners: { data_engineer: '@acme/data', ml_engineer: '@acme/platform' },
    requirements: [{ id: 'R1', text: 'Rank churners well enough to be worth a call', metric: 'roc_auc', min: 0.8 }],
  },
  run,
  evaluation,
  comparison,
  champion: 'v1.3.0',
  bump: { level: 'patch', reasons: ['params.leaves from 31 to 8', 'params.learning_rate from 0.1 to 0.05'] },
  contract: 'apiVersion: v3.1.0\nkind: DataContract\n',
  profile: null,
  signature: builtInSignature(run),
}
