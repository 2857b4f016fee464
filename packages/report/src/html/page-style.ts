/** How our pages look, light or dark as the reader's system is. */
export const pageStyle = `
:root{color-scheme:light dark;--page:#f6f8fa;--back:#fff;--text:#1f2328;--muted:#59636e;--border:#d1d9e0;--code:#818b981f;--stripe:#f6f8fa;--link:#0969da}
@media (prefers-color-scheme:dark){:root{--page:#010409;--back:#0d1117;--text:#f0f6fc;--muted:#9198a1;--border:#3d444d;--code:#656c7633;--stripe:#151b23;--link:#4493f8}}
body{margin:0;padding:24px 16px;background:var(--page);color:var(--text);font:14px/1.5 -apple-system,BlinkMacSystemFont,"Segoe UI","Noto Sans",Helvetica,Arial,sans-serif}
main{max-width:860px;margin:auto;background:var(--back);border:1px solid var(--border);border-radius:6px;padding:16px;overflow-wrap:break-word}
main>*:first-child{margin-top:0}p,ul,.wide,details,pre{margin:0 0 16px}h3{font-size:1.25em;margin:24px 0 16px}ul{padding-left:2em}
a{color:var(--link)}code{background:var(--code);border-radius:6px;padding:.2em .4em;font:85% ui-monospace,SFMono-Regular,"SF Mono",Menlo,Consolas,monospace;white-space:break-spaces}
pre{background:var(--stripe);border-radius:6px;padding:16px;overflow:auto}pre code{background:none;padding:0;white-space:pre}
.wide{overflow-x:auto}table{border-collapse:collapse}th,td{border:1px solid var(--border);padding:6px 13px;text-align:left}.r{text-align:right;font-variant-numeric:tabular-nums}.c{text-align:center}
th{font-weight:600}tbody tr:nth-child(2n){background:var(--stripe)}summary{cursor:pointer;margin-bottom:8px}sub{color:var(--muted);font-size:85%;vertical-align:baseline}
svg{display:block;max-width:520px;height:auto;margin-bottom:16px}svg text{fill:var(--muted);font-size:11px}.grid{stroke:var(--border)}
polyline{fill:none;stroke-width:2.2;stroke-linejoin:round}polyline.diagonal{stroke-width:1.2;stroke-dasharray:5 4}
`
