import type { EventKind } from './registry-event.ts'

/** What the name of a tag says. */
export interface RegistryTag {
  readonly model: string
  readonly event: EventKind
  /** With its leading `v`; null unless a version is (de)registered. */
  readonly version: string | null
  /** Null unless a stage is (un)assigned. */
  readonly stage: string | null
  /** Null in the simple form. */
  readonly counter: number | null
}

const word = '[A-Za-z0-9](?:[A-Za-z0-9/_-]*[A-Za-z0-9])?'
const number = '(?:0|[1-9][0-9]*)'
const prerelease = '(?:0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)'
const build = '[0-9A-Za-z-]+'
const version = `v${number}\\.${number}\\.${number}(?:-${prerelease}(?:\\.${prerelease})*)?(?:\\+${build}(?:\\.${build})*)?`
const model = (separator: string) => `(?:[A-Za-z0-9._/-]+${separator})?${word}`

const tagPattern = new RegExp(`^(${model('=')})(?:#(${word})(!?)|@(${version})(!?)|@deprecated)(?:#([0-9]+))?$`)
const modelPattern = new RegExp(`^${model(':')}$`)
const stagePattern = new RegExp(`^${word}$`)
const versionPattern = new RegExp(`^${version}$`)

/** Whether gto accepts the text as a model's name: `churn`, `cv/segmentation`, `cv/x:segmentation`. */
export const isModelName = (text: string): boolean => modelPattern.test(text)
/** Whether gto accepts the text as a stage's name. */
export const isStageName = (text: string): boolean => stagePattern.test(text)
/** Whether the text is `v` and a version by SemVer 2.0. */
export const isVersion = (text: string): boolean => versionPattern.test(text)

/** Reads a tag's name (without `refs/tags/`) by gto 1.10's grammar; null where it says nothing about a model. */
export function parseTag(tag: string): RegistryTag | null {
  const match = tagPattern.exec(tag)
  if (!match) return null
  const { 1: name, 2: stage = null, 3: unassigned, 4: version = null, 5: deregistered, 6: counter } = match
  const event = stage
    ? unassigned
      ? 'unassignment'
      : 'assignment'
    : version
      ? deregistered
        ? 'deregistration'
        : 'registration'
      : 'deprecation'
  return {
    model: name!.replaceAll('=', ':'),
    event,
    version,
    stage,
    counter: counter === undefined ? null : Number(counter),
  }
}
