import { hex, joined, utf8 } from './bytes'
import { sm3 } from './sm3'

/** A point of the curve; null is the one at infinity. */
type Point = { readonly x: bigint; readonly y: bigint } | null

const P = 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn
const N = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n
const A = P - 3n
const B = 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93n
const G: Point = {
  x: 0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7n,
  y: 0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0n,
}
/** Who signs, where the signer is not told otherwise (GM/T 0009 §10). */
const IDENTITY = utf8('1234567812345678')

/**
 * Whether r and s are a signature over the data (GM/T 0003.2 §7.1, curve of GM/T 0003.5), which no browser checks
 * itself. Only public values go in: it need not hide how long it takes.
 *
 * @param point of the public key: 0x04, x, y
 */
export function verifySm2(point: Uint8Array, data: Uint8Array, signature: Uint8Array): boolean {
  const [r, s] = [integer(signature.subarray(0, 32)), integer(signature.subarray(32))]
  const key = { x: integer(point.subarray(1, 33)), y: integer(point.subarray(33)) }
  if (point.length !== 65 || point[0] !== 4 || signature.length !== 64 || !isOnCurve(key)) return false
  if (r < 1n || r >= N || s < 1n || s >= N) return false
  const t = mod(r + s, N)
  if (t === 0n) return false
  const e = integer(sm3(identityHash(point), data))
  const sum = add(times(s, G), times(t, key))
  return sum !== null && mod(e + sum.x, N) === r
}

/** Z of GM/T 0003.2 §5.5. */
function identityHash(point: Uint8Array): Uint8Array {
  const bits = IDENTITY.length * 8
  const curve = [A, B, G?.x ?? 0n, G?.y ?? 0n].map(bytes)
  return sm3(joined(Uint8Array.of(bits >> 8, bits & 0xff), IDENTITY, ...curve, point.slice(1)))
}

const isOnCurve = ({ x, y }: { x: bigint; y: bigint }): boolean =>
  x < P && y < P && mod(y * y - (x * x * x + A * x + B), P) === 0n

function add(a: Point, b: Point): Point {
  if (a === null) return b
  if (b === null) return a
  if (a.x === b.x && mod(a.y + b.y, P) === 0n) return null
  const slope = a.x === b.x ? (3n * a.x * a.x + A) * inverse(2n * a.y) : (b.y - a.y) * inverse(b.x - a.x)
  const x = mod(slope * slope - a.x - b.x, P)
  return { x, y: mod(slope * (a.x - x) - a.y, P) }
}

function times(factor: bigint, point: Point): Point {
  let sum: Point = null
  let doubled = point
  for (let left = factor; left > 0n; left >>= 1n) {
    if (left & 1n) sum = add(sum, doubled)
    doubled = add(doubled, doubled)
  }
  return sum
}

/** Extended Euclid. */
function inverse(value: bigint): bigint {
  let [low, high] = [mod(value, P), P]
  let [factor, other] = [1n, 0n]
  while (low > 1n) {
    const quotient = high / low
    ;[low, high] = [high - low * quotient, low]
    ;[factor, other] = [other - factor * quotient, factor]
  }
  return mod(factor, P)
}

const mod = (value: bigint, by: bigint): bigint => ((value % by) + by) % by
const integer = (of: Uint8Array): bigint => (of.length === 0 ? 0n : BigInt(`0x${hex(of)}`))
const bytes = (value: bigint): Uint8Array => Uint8Array.from({ length: 32 }, (_, i) => Number((value >> BigInt(8 * (31 - i))) & 0xffn))
