import { tagMessage } from './tag-name.ts'

/** What a registration says about the version's origin. */
export interface RegistrationNote {
  /** Id of the run whose model it is. */
  readonly run: string
  readonly inputDigest: string
  readonly modelDigest: string
}

const lines = { run: 'run', inputDigest: 'inputs', modelDigest: 'model' } as const

/** The annotation of a registration: gto's sentence, and from which run, inputs and bytes the version comes. */
export function registrationMessage(model: string, version: string, note: RegistrationNote): string {
  const facts = Object.entries(lines).map(([key, word]) => `${word}: ${note[key as keyof RegistrationNote]}`)
  return [tagMessage({ event: 'registration', model, version }, version), '', ...facts].join('\n')
}

/** Reads it back; null where another tool registered the version. */
export function registrationNote(message: string): RegistrationNote | null {
  const said = (word: string) => new RegExp(`^${word}: ([0-9A-Za-z-]+)$`, 'm').exec(message)?.[1]
  const [run, inputDigest, modelDigest] = [said(lines.run), said(lines.inputDigest), said(lines.modelDigest)]
  return run && inputDigest && modelDigest ? { run, inputDigest, modelDigest } : null
}
