import type { FindingKind } from './report'

export type Language = 'zh' | 'en'

const TEXTS = {
  title: { zh: '证据包核验', en: 'Check an evidence package' },
  offline: {
    zh: '全部在本机完成：不联网，不上传，不需要服务器。',
    en: 'Everything happens on this device: no network, no upload, no server.',
  },
  choose: { zh: '选择证据包（.zip）', en: 'Choose an evidence package (.zip)' },
  drop: { zh: '或把文件拖到这里', en: 'or drop the file here' },
  working: { zh: '正在核验', en: 'Checking' },
  intact: { zh: '完整无损', en: 'Intact' },
  partly: { zh: '未发现改动，但有项目无法在本浏览器核验', en: 'No change found, but this browser could not check everything' },
  damaged: { zh: '已被破坏，不可采信', en: 'Not intact' },
  proven: { zh: '已证明', en: 'Proven' },
  disclosed: { zh: '录制自述的中断与空缺', en: 'Disclosed gaps' },
  roots: { zh: '另有时间戳机构的根证书（.pem）？可先选它', en: 'You have the root certificate of the time stamp authority (.pem)? Choose it first' },
  rootsTaken: { zh: '时间戳根证书：', en: 'Root of the time stamps:' },
  rootsNone: { zh: '文件里没有证书', en: 'no certificate in that file' },
  notProven: { zh: '未证明', en: 'Not proven' },
  unchecked: { zh: '未能核验', en: 'Not checked' },
  findings: { zh: '问题', en: 'What is wrong' },
  recording: { zh: '录制编号', en: 'Recording' },
  root: { zh: '账本根值', en: 'Ledger root' },
  compare: {
    zh: '请与庭审结束时各方所见的校验码对照。',
    en: 'Compare it with the digest that everyone saw when the session ended.',
  },
  checked: { zh: '已核验', en: 'Checked' },
  files: { zh: '个文件', en: 'files' },
  other: { zh: 'English', en: '中文' },
} as const

const KINDS: Record<FindingKind, string> = {
  ALTERED: '被改动',
  MISSING: '缺失',
  UNKNOWN: '来历不明',
  REORDERED: '次序不对',
  UNREADABLE: '无法读取',
  CONTRADICTION: '互相矛盾',
}

export const words = (language: Language, key: keyof typeof TEXTS): string => TEXTS[key][language]

export const kindWord = (language: Language, kind: FindingKind): string => (language === 'zh' ? KINDS[kind] : kind)
