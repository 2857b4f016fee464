import type { Ports } from '@mlwright/domain'
import { type CommonInputs, commonInputs } from './common-inputs.ts'
import type { Input } from './input.ts'
import type { Outcome } from './outcome.ts'

export type Inputs = Readonly<Record<string, Input>>
export type Outputs = Readonly<Record<string, string>>

type CamelCase<Name extends string> = Name extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : Name

/** The values of some inputs, under their names in camelCase. */
export type InputValues<I extends Inputs> = {
  readonly [Name in keyof I & string as CamelCase<Name>]: I[Name] extends Input<infer T> ? T : never
}

/** An action as a value: everything that GitHub and the command line need is rendered from it. */
export interface Action<I extends Inputs = Inputs, O extends Outputs = Outputs> {
  readonly name: string
  readonly description: string
  /** Its own inputs, then the common ones. */
  readonly inputs: I
  /** Descriptions of the outputs. */
  readonly outputs: O
  /** Inputs that the command line also takes as words without a name, in this order. */
  readonly positional?: readonly string[]
  /** It only answers who asks: where it cannot, no later step needs to know. */
  readonly question?: boolean
  run(inputs: InputValues<I>, ports: Ports): Promise<Outcome<{ readonly [Name in keyof O]: string }>>
}

/** Refuses keys that were not declared: TypeScript alone lets them pass in what a function returns. */
type Exactly<Given, O> = Given extends unknown
  ? { readonly [Name in keyof Given]: Name extends keyof O ? string : never }
  : never

/**
 * Makes an action. Inputs are kebab-case once and reach `run` in camelCase; a missing output, or one that was not
 * declared, does not compile. Every action also gets `config`, `model`, `working-directory`, `token` and `fail-on`.
 */
export function defineAction<
  const I extends Inputs,
  const O extends Outputs,
  const Given extends { readonly [Name in keyof O]: string },
>(definition: {
  readonly name: string
  readonly description: string
  readonly inputs: I
  readonly outputs: O
  readonly positional?: readonly (keyof (I & CommonInputs) & string)[]
  readonly question?: boolean
  run(inputs: InputValues<I & CommonInputs>, ports: Ports): Promise<Outcome<Given & Exactly<Given, O>>>
}): Action<I & CommonInputs, O> {
  return {
    name: definition.name,
    description: definition.description,
    inputs: { ...definition.inputs, ...commonInputs },
    outputs: definition.outputs,
    ...(definition.positional && { positional: definition.positional }),
    ...(definition.question && { question: definition.question }),
    run: (inputs, ports) => definition.run(inputs, ports),
  }
}
