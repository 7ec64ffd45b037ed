// @vitest-environment node
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import { describe, expect, it } from 'vitest'

import { inChinese } from '../src/verifier/finding-words'

const FOLDER = fileURLToPath(new URL('../src/verifier/', import.meta.url))
const SAID = /(?:new Error\(|message: |report\([^,]+, '[A-Z]+', )(?:'([^']+)'|`([^`]+)`)/g

/** Every reason that the sources of the page can give, with `x1` for what is put in. */
const reasons = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.ts'))
  .flatMap((name) => [...readFileSync(FOLDER + name, 'utf8').matchAll(SAID)])
  .map(([, plain, template]) => plain ?? (template ?? '').replace(/\$\{[^}]*(?:\([^)]*\))?[^}]*\}/g, 'x1'))

describe('findings in Chinese', () => {
  it('are there for whatever the page can find', () => {
    expect(reasons.length).toBeGreaterThan(50)
    for (const reason of reasons) {
      expect(inChinese(reason), reason).toMatch(/[\u4e00-\u9fff]/)
      expect(inChinese(reason), reason).not.toContain('无法解析')
    }
  })

  it('keep what is technical', () => {
    expect(inChinese('should be 0a but is 0b')).toBe('哈希应为 0a，实为 0b')
    expect(inChinese('a checkpoint of one.example, not of two.example')).toBe('是 one.example 的检查点，不是 two.example 的')
    expect(inChinese('unreadable after ledger.jsonl: Error: the file ends too early')).toBe('ledger.jsonl 之后无法读取：文件过早结束')
  })

  it('tell what a browser says as it is', () => {
    expect(inChinese('Unexpected token')).toBe('内容无法解析（Unexpected token）')
  })
})
