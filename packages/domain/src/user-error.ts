/** Every way in which a user, and not mlwright, has to change something. One row each in docs/errors.md. */
export const userErrorCodes = [
  'CONFIG_INVALID',
  'CONTRACT_INVALID',
  'INPUT_INVALID',
  'FILE_MISSING',
  'FILE_UNREADABLE',
  'DATA_UNUSABLE',
  'TRAINER_FAILED',
  'MODEL_INVALID',
  'RECORD_INVALID',
  'NATIVES_MISSING',
  'GIT_FAILED',
  'PERMISSION_MISSING',
  'API_FAILED',
  'ARTIFACT_MISSING',
] as const
export type UserErrorCode = (typeof userErrorCodes)[number]

/** A problem that its message explains: what is wrong, where, and the fix. Anything else thrown is a bug of ours. */
export class UserError extends Error {
  readonly code: UserErrorCode

  constructor(code: UserErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'UserError'
    this.code = code
  }
}
