import { UserError } from '@mlwright/domain'
import { parseTag, type RegistryTag } from './parse-tag.ts'

/** An event as it is going to be written. */
export type NewEvent =
  | { readonly event: 'registration' | 'deregistration'; readonly model: string; readonly version: string }
  | { readonly event: 'assignment' | 'unassignment'; readonly model: string; readonly stage: string }
  | { readonly event: 'deprecation'; readonly model: string }

function words(event: NewEvent): string {
  switch (event.event) {
    case 'registration':
      return `@${event.version}`
    case 'deregistration':
      return `@${event.version}!`
    case 'assignment':
      return `#${event.stage}`
    case 'unassignment':
      return `#${event.stage}!`
    case 'deprecation':
      return '@deprecated'
  }
}

function says(event: NewEvent, tag: RegistryTag | null): boolean {
  return (
    tag?.event === event.event &&
    tag.model === event.model &&
    (!('version' in event) || tag.version === event.version) &&
    (!('stage' in event) || tag.stage === event.stage)
  )
}

/**
 * The tag of an event: `churn@v1.4.0`, or with a counter `churn#production#7`.
 * @throws UserError INPUT_INVALID where gto's grammar has no such model, version or stage.
 */
export function tagName(event: NewEvent, counter: number | null): string {
  const name = `${event.model.replaceAll(':', '=')}${words(event)}${counter === null ? '' : `#${counter}`}`
  if (says(event, parseTag(name))) return name
  throw new UserError(
    'INPUT_INVALID',
    `The registry cannot write the tag ${name}: models and stages are letters, digits, \`-\`, \`_\` and \`/\`, beginning and ending with a letter or digit, and versions are like v1.4.0.`,
  )
}

/** The annotation that gto writes for an event; `version` is the one that a stage is assigned to. */
export function tagMessage(event: NewEvent, version: string): string {
  switch (event.event) {
    case 'registration':
      return `Registering artifact ${event.model} version ${version}`
    case 'deregistration':
      return `Deregistering artifact ${event.model} version ${version}`
    case 'assignment':
      return `Assigning stage ${event.stage} to artifact ${event.model} version ${version}`
    case 'unassignment':
      return `Unassigning stage '${event.stage}' to artifact '${event.model}' version '${version}'`
    case 'deprecation':
      return `Deprecating artifact '${event.model}'`
  }
}
