/**
 * Symptom: no camera or microphone inside the web views of chat applications.
 * Affected: WeChat on iOS before 14.3 (no getUserMedia at all); fresh WeChat on Android before its XWeb kernel was
 * downloaded over Wi-Fi; QQ, DingTalk, Weibo web views now and then.
 * Link: https://caniuse.com/stream (note on WKWebView), TRTC web FAQ.
 * Re-check: 2027-06.
 */

/** What kind of browser shows the page, as far as the advice to the person depends on it. */
export type BrowserKernel = 'wechat-ios' | 'wechat-android' | 'chat-app' | 'ios' | 'android' | 'desktop'

export function browserKernel(userAgent: string): BrowserKernel {
  const ios = /iPhone|iPad|iPod/.test(userAgent)
  if (/MicroMessenger/i.test(userAgent)) return ios ? 'wechat-ios' : 'wechat-android'
  if (/\bQQ\/|DingTalk|Weibo|AliApp|BytedanceWebview/i.test(userAgent)) return 'chat-app'
  if (ios) return 'ios'
  return /Android/.test(userAgent) ? 'android' : 'desktop'
}

/** True where opening the link in the system browser is the first thing to try. */
export function isInsideChatApp(kernel: BrowserKernel): boolean {
  return kernel === 'wechat-ios' || kernel === 'wechat-android' || kernel === 'chat-app'
}
