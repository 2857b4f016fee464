import { nearest, UserError } from '@mlwright/domain'

/** What to say of a model that no tag names. */
export function unknownModel(name: string, known: Iterable<string>): UserError {
  const near = nearest(name, known)
  const hint = near ? `did you mean ${near}?` : 'the action `register` makes its first version.'
  return new UserError('INPUT_INVALID', `No tag names the model ${name}; ${hint}`)
}
