import type { Input } from './input.ts'

/** An input's description with what it accepts and its default. */
export function describeInput(input: Input): string {
  const options = input.options.filter((option) => !input.description.includes(`\`${option}\``))
  const accepts = options.length > 0 ? ` One of ${input.options.map((option) => `\`${option}\``).join(', ')}.` : ''
  const fallback = input.fallback === undefined ? '' : ` Default: \`${input.fallback}\`.`
  return `${input.description}${accepts}${fallback}`
}
