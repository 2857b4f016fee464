import { nearest } from '@mlwright/domain'

/** What an input may become once its text is read. */
export type InputValue = string | number | boolean | undefined

/** How one input is described, shown and read. */
export interface Input<T extends InputValue = InputValue> {
  readonly kind: 'text' | 'flag' | 'choice' | 'number'
  readonly description: string
  readonly required: boolean
  /** The value where nothing was given. */
  readonly fallback: T | undefined
  /** What `choice` accepts. */
  readonly options: readonly string[]
  /** A default that only action.yml has: a token. Such an input is left out of the command line's help. */
  readonly actionDefault?: string
  /** Reads the text, or says in one clause what it has to be. */
  parse(text: string): { readonly value: T } | { readonly problem: string }
}

interface Bounds {
  readonly min?: number
  readonly max?: number
}

function text(description: string, options: { readonly optional: true }): Input<string | undefined>
function text(description: string, options?: { readonly default: string }): Input<string>
function text(description: string, options: { optional?: true; default?: string } = {}): Input<string | undefined> {
  const { optional = false, default: fallback } = options
  return {
    kind: 'text',
    description,
    required: !optional && fallback === undefined,
    fallback,
    options: [],
    parse: (value) => ({ value }),
  }
}

function flag(description: string, options: { readonly default: boolean }): Input<boolean> {
  return {
    kind: 'flag',
    description,
    required: false,
    fallback: options.default,
    options: [],
    parse: (value) =>
      /^(true|false)$/i.test(value)
        ? { value: value.toLowerCase() === 'true' }
        : { problem: 'it has to be `true` or `false`.' },
  }
}

function choice<const T extends string>(
  description: string,
  choices: readonly T[],
  options: { readonly optional: true },
): Input<T | undefined>
function choice<const T extends string>(
  description: string,
  choices: readonly T[],
  options?: { readonly default: NoInfer<T> },
): Input<T>
function choice<const T extends string>(
  description: string,
  choices: readonly T[],
  options: { optional?: true; default?: T } = {},
): Input<T | undefined> {
  const { optional = false, default: fallback } = options
  return {
    kind: 'choice',
    description,
    required: !optional && fallback === undefined,
    fallback,
    options: choices,
    parse(value) {
      const chosen = choices.find((option) => option === value)
      if (chosen !== undefined) return { value: chosen }
      const near = nearest(value, choices)
      return { problem: near ? `did you mean \`${near}\`?` : `it can be ${choices.map((c) => `\`${c}\``).join(', ')}.` }
    },
  }
}

function number(description: string, options: Bounds & { readonly optional: true }): Input<number | undefined>
function number(description: string, options?: Bounds & { readonly default?: number }): Input<number>
function number(
  description: string,
  options: Bounds & { optional?: true; default?: number } = {},
): Input<number | undefined> {
  const { optional = false, default: fallback, min = -Infinity, max = Infinity } = options
  const bounds = [min > -Infinity ? `at least ${min}` : '', max < Infinity ? `at most ${max}` : ''].filter(Boolean)
  return {
    kind: 'number',
    description,
    required: !optional && fallback === undefined,
    fallback,
    options: [],
    parse(given) {
      const value = given.trim() === '' ? Number.NaN : Number(given)
      if (Number.isFinite(value) && value >= min && value <= max) return { value }
      return { problem: `it has to be a number${bounds.length > 0 ? ` of ${bounds.join(' and ')}` : ''}.` }
    },
  }
}

/** Builders of inputs; an input that is neither optional nor has a default must be given. */
export const input = { text, flag, choice, number } as const
