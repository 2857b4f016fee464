import { pageStyle } from '../html/page-style.ts'

/** The dashboard's look: that of our pages, wider, with tables that sort and charts of one colour. */
export const dashboardStyle = `${pageStyle}
body{padding:0 16px 24px}header,nav,main,footer{max-width:1200px;margin:0 auto 16px}header{padding-top:24px}
main{background:none;border:0;border-radius:0;padding:0}h1{font-size:1.8em;margin:0 0 8px}h2{font-size:1.5em;margin:0 0 16px}
section{background:var(--back);border:1px solid var(--border);border-radius:6px;padding:16px;margin:0 0 16px;scroll-margin-top:8px}
section section{border:0;padding:0}nav ul{list-style:none;padding:0;margin:0;display:flex;flex-wrap:wrap;gap:4px 16px}
footer,figcaption,.hint,small{color:var(--muted)}caption{text-align:left;padding:0 0 8px}figure{margin:0 0 16px}
code{unicode-bidi:isolate}a code{background:none;padding:0}td,tbody th{vertical-align:top}tbody th{font-weight:400;position:sticky;left:0;background:var(--back)}tbody tr:nth-child(2n) th{background:var(--stripe)}.r,tbody th{white-space:nowrap}td code,th code{white-space:nowrap}.verdict,td strong{white-space:nowrap}
th button{font:inherit;font-weight:600;color:inherit;background:none;border:0;margin:0;padding:0;cursor:pointer;text-align:inherit;white-space:nowrap}
th button::after{content:" \\2195";content:" \\2195" / "";color:var(--muted)}
th[aria-sort=ascending] button::after{content:" \\25b2";content:" \\25b2" / "";color:inherit}
th[aria-sort=descending] button::after{content:" \\25bc";content:" \\25bc" / "";color:inherit}
:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:2px}
.skip{position:absolute;left:-999px}.skip:focus{left:16px;top:8px;background:var(--back);padding:8px;z-index:1}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
svg.trend{width:100%;max-width:760px}svg.spark{height:36px;max-width:none;margin:0}.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,440px),1fr));gap:0 24px}
polyline{stroke:var(--link)}polyline.dashed{stroke-dasharray:6 4}circle{fill:var(--link);stroke:var(--link)}circle.hollow{fill:var(--back);stroke-width:1.6}
.alarm{fill:var(--text);stroke:var(--back)}.limit{stroke:var(--muted);stroke-dasharray:2 3}
@media (forced-colors:active){polyline,circle{stroke:CanvasText}.alarm{fill:CanvasText}}
@media print{section{break-inside:avoid-page}th button::after{content:""}}
`
