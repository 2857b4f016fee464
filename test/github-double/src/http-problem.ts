/** An answer other than success, with GitHub's own words. */
export class HttpProblem extends Error {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly errors: readonly { readonly message: string }[]

  constructor(
    status: number,
    message: string,
    options: {
      readonly headers?: Readonly<Record<string, string>>
      readonly errors?: readonly { message: string }[]
    } = {},
  ) {
    super(message)
    this.status = status
    this.headers = options.headers ?? {}
    this.errors = options.errors ?? []
  }
}

export const missing = (): HttpProblem => new HttpProblem(404, 'Not Found')
