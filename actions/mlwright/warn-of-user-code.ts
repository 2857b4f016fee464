import type { Runner } from '@mlwright/domain'
import { starterWorkflows } from '../init/starter-workflows.generated.ts'

const warning =
  'A command trained here, in the job that also judges its model, and could read whatever this job can. Give this job neither secrets nor a token that can write'

/** Says that the repository's code ran where it was judged, and shows the workflow that keeps the two apart. */
export async function warnOfUserCode(runner: Pick<Runner, 'log' | 'summary'>): Promise<void> {
  runner.log(`${warning}, or take the workflow that the job summary shows.`)
  await runner.summary(
    `⚠️ ${warning}, or put this into \`.github/workflows/experiment.yml\`: it trains, judges and publishes in a job each, and only the last one can write.\n\n\`\`\`yaml\n${starterWorkflows['experiment.yml']}\`\`\`\n\n`,
  )
}
