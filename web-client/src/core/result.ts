/** Why a request to the server brought nothing usable; `slug` is the last part of the problem's type. */
export interface Problem {
  readonly slug: string
  /** 0 when no answer came. */
  readonly status: number
  readonly detail: string
  readonly correlationId?: string
}

export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: Problem }
