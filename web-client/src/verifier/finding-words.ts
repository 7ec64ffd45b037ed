import CHINESE from '../../../recording/src/main/resources/heyi/recording/verify/findings.zh.json'

/**
 * What is found wrong, in Chinese: the table is the one of `./heyi verify`, `{}` stands for what is technical and is
 * the same in both languages.
 */
const PATTERNS = CHINESE.map(([english = '', chinese = '']) => ({
  pattern: new RegExp(`^${english.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replaceAll('{}', '(.+?)')}$`, 's'),
  chinese,
}))

/** The same in Chinese; what a browser says of data that it cannot parse is told as it is. */
export function inChinese(message: string): string {
  return translated(message) ?? `内容无法解析（${message}）`
}

function translated(message: string): string | null {
  for (const { pattern, chinese } of PATTERNS) {
    const match = pattern.exec(message)
    if (match === null) continue
    let taken = 0
    return chinese.replaceAll('{}', () => inner(match[++taken] ?? ''))
  }
  return null
}

/** A reason within a reason, such as why a package cannot be read on; what is technical stays as it is. */
function inner(part: string): string {
  return translated(part.replace(/^Error: /, '')) ?? part
}
