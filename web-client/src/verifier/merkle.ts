import { same, unhex, hex } from './bytes'

export type Hash = (...parts: readonly Uint8Array[]) => Uint8Array<ArrayBuffer>

const LEAF = Uint8Array.of(0)
const NODE = Uint8Array.of(1)

export const leafHash = (hash: Hash, leaf: Uint8Array): Uint8Array<ArrayBuffer> => hash(LEAF, leaf)

/** Root over leaves (RFC 9162 §2.1.1). */
export function merkleRoot(hash: Hash, leaves: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  if (leaves.length === 0) return hash()
  let level = leaves.map((leaf) => leafHash(hash, leaf))
  while (level.length > 1) {
    const next: Uint8Array<ArrayBuffer>[] = []
    for (let i = 0; i < level.length; i += 2) {
      const [left, right] = [level[i], level[i + 1]]
      if (left !== undefined) next.push(right === undefined ? left : hash(NODE, left, right))
    }
    level = next
  }
  return level[0] ?? hash()
}

/** Whether the path leads from the leaf to the root (RFC 9162 §2.1.3.2). */
export function includes(
  hash: Hash,
  leaf: Uint8Array,
  index: number,
  size: number,
  path: readonly Uint8Array[],
  root: string,
): boolean {
  if (index < 0 || index >= size) return false
  let node = BigInt(index)
  let last = BigInt(size - 1)
  let current = leaf
  for (const sibling of path) {
    if (last === 0n) return false
    if (node % 2n === 1n || node === last) {
      current = hash(NODE, sibling, current)
      while (node % 2n === 0n && node !== 0n) {
        node /= 2n
        last /= 2n
      }
    } else {
      current = hash(NODE, current, sibling)
    }
    node /= 2n
    last /= 2n
  }
  return last === 0n && same(current, unhex(root)) && hex(current) === root
}
