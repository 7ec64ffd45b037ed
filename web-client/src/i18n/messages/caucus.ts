import type { Messages } from '../message'

/** A private talk of the mediator with one party. */
export const caucus = {
  'caucus.open': { zh: '单独谈话', en: 'Caucus' },
  'caucus.open.of': { zh: '与{name}单独谈话', en: 'Caucus with {name}' },
  'caucus.when': {
    zh: '单独谈话：协商阶段、正在录制时，可与在场的一方进行。',
    en: 'Caucus: in joint talk, while recording runs, with a party who is here.',
  },
  'caucus.open.title': { zh: '与{name}单独谈话？', en: 'Talk to {name} alone?' },
  'caucus.open.only-two': { zh: '只有您与{name}互相听到、看到。', en: 'Only you and {name} hear and see each other.' },
  'caucus.open.others': {
    zh: '其他各方暂停等候：看得到正在与谁单独谈话，听不到、看不到内容。',
    en: 'The others wait. They see with whom you talk alone, and nothing of what is said.',
  },
  'caucus.open.recorded': {
    zh: '照常录音录像，另行封存，不进入共同的录像；经两人共同批准才能启封。',
    en: 'It is recorded apart, sealed, and no part of the joint recording; only an order of two people opens it.',
  },
  'caucus.open.confirm': { zh: '开始单独谈话', en: 'Begin the caucus' },
  'caucus.band': { zh: '单独谈话', en: 'Caucus' },
  'caucus.band.mediator': { zh: '仅您与{name}，录音录像单独封存', en: 'Only you and {name}; recorded apart and sealed' },
  'caucus.band.party': {
    zh: '仅您与调解员{name}。其他各方听不到、看不到，录音录像单独封存',
    en: 'Only you and the mediator {name}. The others hear and see nothing; recorded apart and sealed',
  },
  'caucus.starting': { zh: '正在接通单独谈话的录制，请稍候再说。', en: 'Its recording starts; wait a moment before you speak.' },
  'caucus.talk': { zh: '可以放心说。调解员结束后，会回到与其他各方的协商。', en: 'Speak freely. The mediator leads back to the others.' },
  'caucus.means': {
    zh: '其他各方正在等候：看得到正在与谁单独谈话，听不到内容。未经本人同意，请不要转告另一方。',
    en: 'The others wait: they see with whom you talk alone, and hear nothing. Pass nothing on without consent.',
  },
  'caucus.say': {
    zh: '现在只有我们两人，对方听不到。您说的内容，没有您的同意我不会告诉对方。',
    en: 'Only the two of us now. I tell the other side nothing of this without your consent.',
  },
  'caucus.end': { zh: '结束单独谈话', en: 'End the caucus' },
  'caucus.end.title': { zh: '结束单独谈话？', en: 'End the caucus?' },
  'caucus.end.body': {
    zh: '确认后，您与{name}立即回到与其他各方的协商，又能互相听到、看到。请先告诉{name}。',
    en: 'You and {name} go back to the others at once, who hear and see you again. Tell {name} first.',
  },
  'caucus.end.confirm': { zh: '结束，回到协商', en: 'End, back to joint talk' },
  'caucus.over': { zh: '单独谈话已结束，现在各方又能听到、看到您。', en: 'The caucus is over; everybody hears and sees you again.' },
  'caucus.waiting': {
    zh: '调解员正在与{name}单独谈话，请稍候。您的声音和画面此时不会传出。',
    en: 'The mediator talks to {name} alone; please wait. Your sound and picture go to nobody now.',
  },
  'rec.resting': { zh: '等候中，此刻不录', en: 'Waiting; not recorded now' },
  'caucus.tile.talking': { zh: '正在单独谈话', en: 'In a caucus' },
  'caucus.tile.waiting': { zh: '等候中', en: 'Waiting' },
  'pause.caucus': { zh: '单独谈话', en: 'caucus' },
  'event.caucus-opened': { zh: '单独谈话开始', en: 'Caucus begins' },
  'event.caucus-ended': { zh: '单独谈话结束', en: 'Caucus ends' },
  'replay.chapter.caucus': { zh: '与{name}单独谈话', en: 'Caucus with {name}' },
  'replay.lane.caucus': { zh: '单独谈话', en: 'Caucus' },
} satisfies Messages
