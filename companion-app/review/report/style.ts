/** The report's own style: no file beside it, readable on a phone, on A4, in light and dark. */
export const REPORT_STYLE = `
:root{--ink:#1f2328;--soft:#59636e;--line:#d1d9e0;--paper:#fff;--well:#f6f8fa;--good:#1a7f37;--bad:#b42318;--warn:#8a5a00}
@media (prefers-color-scheme:dark){:root{--ink:#e6e6e6;--soft:#a3a9b0;--line:#3a3f45;--paper:#1d1d1d;--well:#262626;--good:#57c27a;--bad:#ff8a80;--warn:#e3b341}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,"Segoe UI",Roboto,"Noto Sans",sans-serif}
main{max-width:1080px;margin:0 auto;padding:28px 20px 60px}
h1{font-size:24px;margin:0 0 4px}
.made{color:var(--soft);margin:0 0 20px}
.verdict{font-size:18px;background:var(--well);border-left:4px solid var(--good);padding:12px 16px;margin:0 0 28px;border-radius:4px}
.verdict.bad{border-color:var(--bad)}
h2{font-size:17px;margin:32px 0 12px}
.shot{display:grid;grid-template-columns:minmax(0,3fr) minmax(0,2fr);gap:16px;padding:16px 0;border-top:1px solid var(--line);break-inside:avoid}
.strip{display:flex;gap:4px;align-items:flex-start}
.strip img{flex:1 1 0;min-width:0;width:100%;height:auto;border-radius:3px;background:var(--well);border:1px solid var(--line)}
.strip .none{flex:1;padding:32px 12px;text-align:center;color:var(--soft);background:var(--well);border-radius:3px}
h3{margin:0;font-size:16px;display:flex;gap:8px;align-items:baseline}
h3 small{color:var(--soft);font-weight:400}
.state{font-size:12px;border:1px solid currentColor;border-radius:10px;padding:0 8px;color:var(--good)}
.state.failed{color:var(--bad)}.state.waiting,.state.cancelled{color:var(--warn)}
.note{margin:6px 0;font-style:italic}
.moves{margin:0;padding:0;list-style:none;display:flex;flex-wrap:wrap;gap:6px}
.moves li{background:var(--well);border:1px solid var(--line);border-radius:10px;padding:0 8px;font-size:13px}
.facts{color:var(--soft);font-size:13px;margin:6px 0 0}
.problem{color:var(--bad);margin:6px 0 0}.warning{color:var(--warn);margin:6px 0 0;font-size:13px}
details{font-size:13px;margin:6px 0 0}summary{color:var(--good);cursor:pointer}
.check{font-size:13px;margin:2px 0 0}.check b{color:var(--good)}.check.bad b{color:var(--bad)}
table{width:100%;border-collapse:collapse;font-size:14px}
th,td{text-align:left;padding:5px 8px;border-bottom:1px solid var(--line)}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
tfoot td{font-weight:600}
.scroll{overflow-x:auto}
@media (max-width:680px){.shot{grid-template-columns:1fr}}
@media print{main{padding:0}body{font-size:11px}.shot{padding:8px 0}}
`;
