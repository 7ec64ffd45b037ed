/** What is found wrong, in Chinese: `{}` stands for what is technical and is the same in both languages. */
const CHINESE: readonly (readonly [english: string, chinese: string])[] = [
  ['stands in the package twice', '在包内出现两次'],
  ['does not have the checksum of its header', '与文件头中的校验和不符'],
  ['its header in the package is not as it is written', '包内文件头不是规定的写法'],
  ['its directory is not that of the {} entries that stand in it', '包的目录与其中的 {} 个文件不符'],
  ['unreadable after {}: {}', '{} 之后无法读取：{}'],
  ['no header of an entry at {}', '位置 {} 处没有文件头'],
  ['{} would have {} bytes', '{} 自称有 {} 字节，超出了包'],
  ['the file ends too early', '文件过早结束'],
  ['should be {} but is {}', '哈希应为 {}，实为 {}'],
  ['is named and not there', '已列明但不在包内'],
  ['is there and named nowhere', '在包内却未列明'],
  ['does not stand in its place', '不在规定的位置'],
  ['a line is no hash and name', '有一行不是“哈希 文件名”'],
  ['does not list the files in their order', '没有按次序列出各文件'],
  ['does not follow from the ledger', '与由账本得出的不符'],
  ['is no signature of {} over {}', '不是密钥 {} 对 {} 的签名'],
  ['not a JSON object', '不是 JSON 对象'],
  ['not in canonical form', '不是规范写法（RFC 8785）'],
  ['the file ends within line {}', '文件在第 {} 行中间结束'],
  ['line {} is no entry', '第 {} 行不是账目'],
  ['line {} has another number', '第 {} 行的序号不对'],
  ['line {} does not follow the one before', '第 {} 行与前一行不相接'],
  ['the ledger does not go from recording-started to recording-sealed', '账本没有从录制开始记到封存'],
  ['chunk {} is not chained to the one before', '片段 {} 与前一片段不相接'],
  ['not a manifest of the format heyi-evidence-2', '不是 heyi-evidence-2 格式的目录'],
  ['no {}', '缺少 {}'],
  ['not one public key', '不是一个公钥'],
  ['not a public key in its one spelling', '公钥不是规定的写法'],
  ['a key of an unknown kind: {}', '未知的密钥种类：{}'],
  ['not a number of a signature', '签名中的数不对'],
  ['a length of no known form', '结构中的长度写法未知'],
  ['an element ends behind its parent', '结构中的元素越界'],
  ['an element is missing', '结构中缺少元素'],
  ['not one element', '不是一个结构元素'],
  ['not an object identifier', '不是对象标识符'],
  ['its signature does not fit', '时间戳的签名不符'],
  ['the authority did not grant it', '时间戳机构没有给予时间戳'],
  ['not signed data', '不是签名数据'],
  ['not a time stamp', '不是时间戳'],
  ['stamped over another hash than SHA-256', '时间戳用的不是 SHA-256'],
  ['stamped {}, which is something else', '时间戳盖在 {} 上，是别的内容'],
  ['says no time', '没有写明时间'],
  ['not signed', '没有签名'],
  ['its content is not what was signed', '内容与所签的不符'],
  ['the certificate of the stamp is not in it', '时间戳中没有其证书'],
  ['not a time: {}', '不是时间：{}'],
  ['{} does not follow from the manifest', '{} 与由目录得出的不符'],
  ['is not of this recording', '不属于这次录制'],
  ['there is no key of a log', '没有透明日志的密钥'],
  ['not a tlog-proof', '不是日志证明'],
  ['not a checkpoint', '不是检查点'],
  ['no index', '没有序号'],
  ['a checkpoint of {}, not of {}', '是 {} 的检查点，不是 {} 的'],
  ['the checkpoint is not signed by the log', '检查点没有日志的签名'],
  ['the checkpoint is not rightly signed by the log', '检查点上日志的签名不符'],
  ['entry {} is not the one that the log holds there', '日志第 {} 条不是这一条'],
  ['not the key of an Ed25519 signer', '不是 Ed25519 签名者的密钥'],
  ['a key whose id is not its own', '密钥的编号不是它自己的'],
  ['not a hash', '不是哈希'],
  ['not a number', '不是数'],
]

const PATTERNS = CHINESE.map(([english, chinese]) => ({
  pattern: new RegExp(`^${english.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replaceAll('{}', '(.+?)')}$`, 's'),
  chinese,
}))

/** The same in Chinese; what a browser says of data that it cannot parse is told as it is. */
export function inChinese(message: string): string {
  for (const { pattern, chinese } of PATTERNS) {
    const match = pattern.exec(message)
    if (match === null) continue
    let taken = 0
    return chinese.replaceAll('{}', () => inner(match[++taken] ?? ''))
  }
  return `内容无法解析（${message}）`
}

/** A reason within a reason, such as why a package cannot be read on. */
function inner(part: string): string {
  const reason = /^Error: (.+)$/s.exec(part)?.[1]
  return reason === undefined ? part : inChinese(reason)
}
