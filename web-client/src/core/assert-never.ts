/** Closes a `switch` over a union: the compiler refuses a forgotten member, the runtime names a foreign one. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`)
}
