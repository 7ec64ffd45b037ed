import type { Seal } from './check-package'
import type { Rest } from './certificates'
import { canonical, number, objects, string } from './json'
import type { Ledger } from './ledger'
import type { Manifest } from './manifest'
import { DOCUMENTS } from './package-layout'
import type { Sentence } from './report'

const OWN_AUTHORITY = /demonstration/i

/** Entries of the ledger that say that something is not there, or not as it seems. */
const DISCLOSED: ReadonlySet<string> = new Set([
  'recording-interrupted',
  'recording-gap',
  'journal-gap',
  'clock-jump',
  'off-record',
  'on-record',
  'source-silent',
  'recorder-disconnected',
])

function caucus(offsetMillis: number, nth: number): Sentence {
  return {
    zh: `第 ${offsetMillis} 毫秒起第 ${nth} 次单独谈话，另行录制，不在本包中`,
    en: `from ${offsetMillis} ms on private talk number ${nth}, recorded apart and not in this package`,
  }
}

function trustDoubt(trusted: Rest): Sentence {
  switch (trusted) {
    case 'yes':
      return {
        zh: '时间戳机构是否可信：其根证书随包提供，请另行核对',
        en: 'that the time stamp authority is to be trusted: check its root certificate elsewhere',
      }
    case 'no':
      return {
        zh: '时间戳机构的证书出自何处：没有可依托的根证书',
        en: 'where the certificate of the time stamp authority comes from: no root was given',
      }
    case 'unable':
      return {
        zh: '时间戳机构的证书出自何处：本浏览器不认识其证书的算法，请用 ./heyi verify',
        en: 'where the certificate of the time stamp authority comes from: this browser does not know its algorithms; use ./heyi verify',
      }
  }
}

/** What follows from a package in which nothing is wrong, what does not, and what this browser left open. */
export class Conclusions {
  private readonly manifest: Manifest | null
  private readonly ledger: Ledger | null
  private readonly seal: Seal
  private readonly hashes: ReadonlyMap<string, string>

  constructor(manifest: Manifest | null, ledger: Ledger | null, seal: Seal, hashes: ReadonlyMap<string, string>) {
    this.manifest = manifest
    this.ledger = ledger
    this.seal = seal
    this.hashes = hashes
  }

  proven(): Sentence[] {
    const { manifest, ledger, seal } = this
    if (manifest === null || ledger === null) return []
    const sentences: Sentence[] = [
      {
        zh: `原始数据 ${manifest.chunks.length} 个片段未被改动，次序正确，无一缺失`,
        en: `${manifest.chunks.length} chunks are unchanged, in order and without a chunk missing`,
      },
      {
        zh: `${manifest.tracks.length} 个可播放文件即庭审结束时所生成者`,
        en: `${manifest.tracks.length} playable tracks are those that were made at the close of the session`,
      },
      {
        zh: `账本 ${ledger.entries.length} 条未被改动，次序正确；所列文件齐全，没有来历不明的文件`,
        en: `${ledger.entries.length} ledger entries are unchanged and in order; nothing they name is missing, and every file is accounted for`,
      },
      {
        zh: `录制自 ${manifest.startedAt} 起，历时 ${manifest.durationMillis} 毫秒（以服务器时钟计）`,
        en: `recorded from ${manifest.startedAt} for ${manifest.durationMillis} ms by the clock of the server`,
      },
    ]
    if (seal.key !== null && seal.signature === 'good' && seal.listSignature === 'good') {
      sentences.push({
        zh: `目录与文件清单由密钥 ${seal.key.id}（${seal.key.scheme}）签名`,
        en: `manifest and list of files are signed by key ${seal.key.id} (${seal.key.scheme})`,
      })
    }
    if (seal.stamp?.signature === 'good') {
      sentences.push({
        zh: `目录最迟于 ${seal.stamp.at} 已经存在，由时间戳机构证明：${seal.stamp.authority}`,
        en: `the manifest existed at ${seal.stamp.at} at the latest, says the time stamp authority ${seal.stamp.authority}`,
      })
    }
    const place = seal.place
    if (place?.signature === 'good') {
      sentences.push({
        zh: `已载入透明日志 ${place.log} 第 ${place.index} 条（共 ${place.size} 条）`,
        en: `it is entry ${place.index} of the transparency log ${place.log}, which had ${place.size} entries`,
      })
      for (const { name, at } of place.witnesses) {
        sentences.push({ zh: `见证人 ${name} 于 ${at} 见到该日志`, en: `witness ${name} saw that log at ${at}` })
      }
    }
    if (seal.accesses !== null) {
      const count = seal.accesses.entries.length - 1
      sentences.push({
        zh: `封存后的查看与导出记录 ${count} 条，次序正确`,
        en: `${count} replays and exports after the close are listed, unchanged`,
      })
    }
    return sentences
  }

  notProven(): Sentence[] {
    const { seal } = this
    const sentences: Sentence[] = [
      {
        zh: '镜头前是谁、所言是否属实，以及从未发送到服务器的内容',
        en: 'who sat before the camera, whether what was said is true, what was never sent',
      },
      {
        zh: '本页自身是否可信：若有疑虑，请用从调解机构或源代码处取得的核验页，而不是包内这一份',
        en: 'that this page is honest: when in doubt, take it from the centre or the sources, not out of the package',
      },
    ]
    if (seal.key !== null) {
      sentences.push({
        zh: `密钥 ${seal.key.id} 属于谁：请与调解机构公布的密钥对照`,
        en: `whose key ${seal.key.id} is: compare it with the one the centre publishes`,
      })
    }
    sentences.push(this.stampDoubt(), this.logDoubt())
    const named = new Set((this.ledger?.entries ?? []).map((entry) => string(entry.payload, 'sha256')))
    for (const [name, hash] of this.hashes) {
      if (name.startsWith(DOCUMENTS) && !named.has(hash)) {
        sentences.push({
          zh: `文书 ${name} 于导出时附入，账本中没有它的哈希`,
          en: `${name} was added when the package was made; the ledger does not name it`,
        })
      }
    }
    return sentences
  }

  private stampDoubt(): Sentence {
    const { stamp } = this.seal
    if (stamp === null) {
      return {
        zh: '何时封存：未加盖时间戳，只有服务器自己的时钟',
        en: "when it was sealed: it is unstamped, only the server's own clock speaks",
      }
    }
    return OWN_AUTHORITY.test(stamp.authority)
      ? {
          zh: '时间的独立性：时间戳由服务器内置的演示机构加盖，时钟由运营者掌握',
          en: "that the time is independent: the stamp is of the authority inside the server, whose clock is the operator's",
        }
      : trustDoubt(stamp.trusted)
  }

  private logDoubt(): Sentence {
    const { place } = this.seal
    if (place === null) {
      return { zh: '日后是否被悄然移除：未载入透明日志', en: 'that it cannot vanish unseen: it is in no transparency log' }
    }
    return place.witnesses.length === 0
      ? {
          zh: '日志对所有人是否相同：没有见证人会签，请与他人手中的检查点对照',
          en: 'that everybody is shown the same log: no witness cosigned it; compare checkpoints',
        }
      : { zh: '见证人是否独立于运营者', en: 'that the witnesses are independent of the operator' }
  }

  /** The same as `./heyi verify` says. */
  disclosed(): Sentence[] {
    const { ledger } = this
    if (ledger === null) return []
    const told = ledger.entries
      .filter(({ type }) => DISCLOSED.has(type) || type === 'caucus-opened')
      .map(({ type, offsetMillis, payload }) =>
        type === 'caucus-opened'
          ? caucus(offsetMillis, number(payload, 'number'))
          : {
              zh: `${type}，第 ${offsetMillis} 毫秒：${canonical(payload)}`,
              en: `${type} at ${offsetMillis} ms: ${canonical(payload)}`,
            },
      )
    const holes = ledger.entries
      .filter(({ type }) => type === 'track-made')
      .flatMap(({ payload }) =>
        objects(payload, 'gaps').map((gap) => ({ track: string(payload, 'trackId'), from: number(gap, 'fromMillis'), to: number(gap, 'toMillis') })),
      )
      .map(({ track, from, to }) => ({
        zh: `${track} 在第 ${from} 至 ${to} 毫秒没有内容`,
        en: `${track} has nothing to play from ${from} to ${to} ms`,
      }))
    return [...told, ...holes]
  }

  unchecked(): Sentence[] {
    const { seal } = this
    const sentences: Sentence[] = []
    if (seal.key !== null && (seal.signature === 'unable' || seal.listSignature === 'unable')) {
      sentences.push({
        zh: `本浏览器无法核验 ${seal.key.scheme} 签名，请用 ./heyi verify`,
        en: `this browser cannot check ${seal.key.scheme} signatures; use ./heyi verify`,
      })
    }
    if (seal.stamp?.signature === 'unable') {
      sentences.push({
        zh: `时间戳与目录相符，但本页无法核验其签名（${seal.stamp.authority}，${seal.stamp.at}）`,
        en: `the stamp is over this manifest, but this page cannot check its signature (${seal.stamp.authority}, ${seal.stamp.at})`,
      })
    }
    if (seal.place?.signature === 'unable') {
      sentences.push({
        zh: '本浏览器无法核验透明日志的签名（Ed25519），请用 ./heyi verify',
        en: 'this browser cannot check the signature of the transparency log (Ed25519); use ./heyi verify',
      })
    }
    return sentences
  }
}
