import type { Messages } from '../message'

export const general = {
  'app.name': { zh: '合意', en: 'Heyi' },
  'app.tagline': { zh: '在线调解 · 全程留痕', en: 'Online mediation, on the record' },
  'lang.other': { zh: 'English', en: '中文' },
  'lang.switch': { zh: '切换到英文', en: 'Switch to Chinese' },
  'action.home': { zh: '回到首页', en: 'Go to the start page' },
  'action.retry': { zh: '再试一次', en: 'Try again' },
  'action.search': { zh: '查找', en: 'Search' },
  'action.back': { zh: '返回', en: 'Back' },
  'action.cancel': { zh: '取消', en: 'Cancel' },
  'action.close': { zh: '关闭', en: 'Close' },
  'action.copy': { zh: '复制', en: 'Copy' },
  'action.copied': { zh: '已复制', en: 'Copied' },
  'action.logout': { zh: '退出登录', en: 'Sign out' },
  'state.loading': { zh: '正在加载…', en: 'Loading…' },

  'role.mediator': { zh: '调解员', en: 'Mediator' },
  'role.party': { zh: '当事人', en: 'Party' },
  'role.applicant': { zh: '申请人', en: 'Applicant' },
  'role.respondent': { zh: '被申请人', en: 'Respondent' },
  'role.auditor': { zh: '审计', en: 'Auditor' },
  'role.clerk': { zh: '工作人员', en: 'Clerk' },

  'home.title': { zh: '坐下来，谈清楚', en: 'Sit down and talk it through' },
  'home.lead': {
    zh: '合意是音视频在线调解平台。当事人用手机就能参加，过程录音录像，协议在线确认。',
    en: 'Heyi is a video mediation service. Parties join from their phone, the talk is recorded, the agreement is confirmed online.',
  },
  'home.party.title': { zh: '我收到了调解邀请', en: 'I was invited to a mediation' },
  'home.party.body': {
    zh: '请直接点开短信或微信里的邀请链接，不需要注册，也不需要下载。',
    en: 'Open the invitation link from your message. Nothing to install, no account needed.',
  },
  'home.staff.title': { zh: '我是调解员或审计人员', en: 'I am a mediator or auditor' },
  'home.staff.action': { zh: '登录工作台', en: 'Sign in' },

  'login.title': { zh: '登录工作台', en: 'Sign in' },
  'login.lead': { zh: '调解员与审计人员从这里进入。', en: 'For mediators and auditors.' },
  'login.user': { zh: '用户名', en: 'User name' },
  'login.password': { zh: '密码', en: 'Password' },
  'login.submit': { zh: '登录', en: 'Sign in' },
  'login.busy': { zh: '正在登录…', en: 'Signing in…' },
  'login.failed': { zh: '用户名或密码不对，请再看一看。', en: 'User name or password is wrong.' },
  'login.party-hint': { zh: '您是当事人？请点开收到的邀请链接。', en: 'Are you a party? Open the invitation link you received.' },
} satisfies Messages
