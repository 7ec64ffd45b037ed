import { text, utf8, same } from './bytes'

export type Json = Record<string, unknown>

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The one spelling (RFC 8785): keys in the order of their UTF-16 units, numbers and strings as ECMAScript writes them. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (!isObject(value)) return JSON.stringify(value)
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`)
  return `{${members.join(',')}}`
}

/** An object in its one spelling; throws for anything else. */
export function parseCanonical(bytes: Uint8Array): Json {
  const value: unknown = JSON.parse(text(bytes))
  if (!isObject(value)) throw new Error('not a JSON object')
  if (!same(utf8(canonical(value)), bytes)) throw new Error('not in canonical form')
  return value
}

export const string = (json: Json, key: string): string => {
  const value = json[key]
  return typeof value === 'string' ? value : ''
}

export const number = (json: Json, key: string): number => {
  const value = json[key]
  return typeof value === 'number' ? value : -1
}

export const objects = (json: Json, key: string): readonly Json[] => {
  const value = json[key]
  return Array.isArray(value) ? value.filter(isObject) : []
}
