/** Some have a message, some only a code such as `already_exists`. */
export type ApiError = Readonly<Record<string, string>>

/** An answer other than success, with GitHub's own words. */
export class HttpProblem extends Error {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly errors: readonly ApiError[]

  constructor(
    status: number,
    message: string,
    options: {
      readonly headers?: Readonly<Record<string, string>>
      readonly errors?: readonly ApiError[]
    } = {},
  ) {
    super(message)
    this.status = status
    this.headers = options.headers ?? {}
    this.errors = options.errors ?? []
  }
}

export const missing = (): HttpProblem => new HttpProblem(404, 'Not Found')
