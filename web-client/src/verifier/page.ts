import './page.css'

import { certificatesOfPem } from './certificates'
import { checkPackage } from './check-package'
import type { Der } from './der'
import { inChinese } from './finding-words'
import type { Report, Sentence } from './report'
import { kindWord, type Language, words } from './texts'

/** Courts read Chinese; the button at the top changes it. */
let language: Language = 'zh'
let shown: { name: string; report: Report } | null = null
let working: string | null = null
/** Certificates of time stamp authorities that the reader has from elsewhere. */
let stampRoots: readonly Der[] = []
let stampRootsName = ''

const root = document.getElementById('verifier') ?? document.body

function element(tag: string, props: { class?: string; text?: string; testid?: string } = {}, ...children: Node[]): HTMLElement {
  const made = document.createElement(tag)
  if (props.class !== undefined) made.className = props.class
  if (props.text !== undefined) made.textContent = props.text
  if (props.testid !== undefined) made.dataset['testid'] = props.testid
  made.append(...children)
  return made
}

function render(): void {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  document.title = words(language, 'title')
  root.replaceChildren(head(), picker(), rootsPicker(), ...(shown === null ? [] : [result(shown.name, shown.report)]))
}

function head(): HTMLElement {
  const toggle = element('button', { class: 'language', text: words(language, 'other'), testid: 'language' })
  toggle.addEventListener('click', () => {
    language = language === 'zh' ? 'en' : 'zh'
    render()
  })
  const mark = element('span', { class: 'mark', text: '合意' })
  return element(
    'header',
    {},
    element('div', { class: 'bar' }, mark, toggle),
    element('h1', { text: words(language, 'title') }),
    element('p', { class: 'quiet', text: words(language, 'offline') }),
  )
}

function picker(): HTMLElement {
  const input = document.createElement('input')
  input.type = 'file'
  input.accept = '.zip,application/zip'
  input.dataset['testid'] = 'package'
  input.addEventListener('change', () => start(input.files?.[0]))
  const label = element('label', { class: 'picker' }, input)
  label.append(
    element('strong', { text: working ?? words(language, 'choose') }),
    element('span', { class: 'quiet', text: working === null ? words(language, 'drop') : '' }),
  )
  if (working !== null) {
    const meter = document.createElement('progress')
    meter.max = 1
    meter.value = 0
    meter.setAttribute('aria-label', words(language, 'working'))
    label.append(meter)
    input.disabled = true
  }
  return label
}

/** As `./heyi verify --tsa`: who has the root certificate of the authority need not rest on the one in the package. */
function rootsPicker(): HTMLElement {
  const input = document.createElement('input')
  input.type = 'file'
  input.accept = '.pem,.crt,.cer'
  input.dataset['testid'] = 'stamp-roots'
  input.addEventListener('change', () => void takeRoots(input.files?.[0]))
  return element(
    'label',
    { class: 'roots' },
    element('span', { text: stampRootsName === '' ? words(language, 'roots') : `${words(language, 'rootsTaken')} ${stampRootsName}` }),
    input,
  )
}

async function takeRoots(file: File | undefined): Promise<void> {
  if (file === undefined) return
  try {
    stampRoots = certificatesOfPem(await file.text())
    stampRootsName = stampRoots.length === 0 ? words(language, 'rootsNone') : file.name
  } catch {
    stampRoots = []
    stampRootsName = words(language, 'rootsNone')
  }
  render()
}

function result(name: string, report: Report): HTMLElement {
  const state = report.findings.length > 0 ? 'damaged' : report.unchecked.length > 0 ? 'partly' : 'intact'
  const verdict = element('div', { class: `verdict ${state}`, testid: 'verdict' })
  verdict.dataset['state'] = state
  verdict.setAttribute('role', 'status')
  const size = new Intl.NumberFormat(language).format(report.bytes)
  verdict.append(
    element('strong', { text: words(language, state) }),
    element('span', { text: name }),
    element('span', {
      text: `${words(language, 'checked')} ${report.objects} ${words(language, 'files')} · ${size} B`,
    }),
  )
  const section = element('section', {}, verdict)
  if (report.findings.length > 0) {
    const rows = report.findings.map(({ object, kind, message }) =>
      element('li', {}, element('b', { text: `${kindWord(language, kind)} ${object}` }), element('span', { text: language === 'zh' ? inChinese(message) : message })),
    )
    section.append(list('findings', rows))
  }
  if (report.rootHash !== '') {
    section.append(
      element(
        'div',
        { class: 'card' },
        fact('recording', report.recordingId),
        fact('root', report.rootHash),
        element('p', { class: 'quiet', text: words(language, 'compare') }),
      ),
    )
  }
  for (const key of ['proven', 'disclosed', 'unchecked', 'notProven'] as const) {
    if (report[key].length > 0) section.append(list(key, report[key].map(sentence)))
  }
  return section
}

const sentence = (said: Sentence): HTMLElement => element('li', {}, element('span', { text: said[language] }))

function list(key: 'proven' | 'disclosed' | 'notProven' | 'unchecked' | 'findings', rows: readonly HTMLElement[]): HTMLElement {
  return element(
    'div',
    { class: `card ${key}`, testid: key },
    element('h2', { text: words(language, key) }),
    element('ul', {}, ...rows),
  )
}

function fact(key: 'recording' | 'root', value: string): HTMLElement {
  return element('p', { class: 'fact' }, element('span', { class: 'quiet', text: words(language, key) }), element('code', { text: value }))
}

function start(file: File | undefined): void {
  if (file === undefined || working !== null) return
  working = `${words(language, 'working')} ${file.name}`
  shown = null
  render()
  const meter = root.querySelector('progress')
  void checkPackage(file, ({ done, total }) => {
    if (meter !== null) meter.value = done / total
  }, stampRoots).then((report) => {
    working = null
    shown = { name: file.name, report }
    render()
  })
}

document.addEventListener('dragover', (dragged) => dragged.preventDefault())
document.addEventListener('drop', (dropped) => {
  dropped.preventDefault()
  start(dropped.dataTransfer?.files[0])
})
render()
