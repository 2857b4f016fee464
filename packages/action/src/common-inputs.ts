import { input } from './input.ts'

/** The inputs that every action has. */
export const commonInputs = {
  config: input.text('Path of the configuration.', { default: 'mlwright.yml' }),
  model: input.text('Name of a model in the configuration; needed only where there are several and one is meant.', {
    optional: true,
  }),
  'working-directory': input.text('Folder to work in; paths are relative to it.', { default: '.' }),
  token: {
    ...input.text('Token for the GitHub API.', { optional: true }),
    // biome-ignore lint/suspicious/noTemplateCurlyInString: GitHub's own expression.
    actionDefault: '${{ github.token }}',
  },
  'fail-on': input.choice(
    'The verdict that fails the step: `never` leaves the judgement to a later job.',
    ['fail', 'warn', 'never'],
    {
      default: 'fail',
    },
  ),
} as const
export type CommonInputs = typeof commonInputs
