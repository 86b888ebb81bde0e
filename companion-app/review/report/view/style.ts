/** The report's own style: readable on a phone of 320 pixels, on A4, in light and dark. */
const LIGHT = '--ink:#1f2328;--soft:#57606a;--line:#d1d9e0;--well:#f3f5f7;--good:#17692f;--bad:#b42318;--warn:#7a4f00';
const DARK = '--ink:#e6e6e6;--soft:#a9b0b7;--line:#44494f;--well:#2a2a2a;--good:#62c884;--bad:#ff9288;--warn:#e9bd4b';

export const REPORT_STYLE = `
.report{${LIGHT};color:var(--ink);font:15px/1.5 system-ui,"Segoe UI",Roboto,"Noto Sans",sans-serif}
@media screen{.report.dark{${DARK}}}
@media screen and (prefers-color-scheme:dark){.report.auto{${DARK}}}
.report *{box-sizing:border-box}
.report p{margin:0 0 8px}
.report h2{font-size:18px;line-height:1.3;margin:32px 0 10px;color:var(--ink);break-after:avoid}
.report .made,.report .soft{color:var(--soft)}
.report .soft{font-size:13px;font-weight:400}
.report .verdict{font-size:19px;line-height:1.4;background:var(--well);border-inline-start:4px solid var(--good);padding:14px 18px;margin:12px 0 0;border-radius:4px;overflow-wrap:anywhere}
.report .verdict.bad{border-color:var(--bad);color:inherit;font-weight:400}
.report .good{color:var(--good);font-weight:600}.report .bad{color:var(--bad);font-weight:600}
.report ul{margin:0;padding-inline-start:20px}
.report .todo{list-style:none;padding:0}
.report .todo li{padding:10px 0;border-top:1px solid var(--line);overflow-wrap:anywhere;break-inside:avoid}
.report .finding{display:flex;flex-wrap:wrap;gap:8px 16px;margin:4px 0}
.report .finding>span{flex:1 1 260px}
.report .finding img{flex:0 1 420px;width:100%;max-width:420px;min-width:0;height:auto;border-radius:3px;border:1px solid var(--line)}
.report .happened{list-style:none;padding:0;overflow-wrap:anywhere}.report .happened li{padding:4px 0;border-bottom:1px solid var(--line)}
.report .changes{columns:280px;overflow-wrap:anywhere}
.report .sheet{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,264px),1fr));gap:18px 16px}
.report figure{margin:0;min-width:0;break-inside:avoid}
.report .sheet figure>a{display:block;border-radius:4px}.report .sheet a{color:inherit;text-decoration:none}.report .sheet a:hover b{text-decoration:underline}
.report .sheet.many{grid-template-columns:repeat(auto-fill,minmax(min(46%,210px),1fr));gap:14px 12px}.report .sheet.many figcaption{font-size:13px}
.report a:focus-visible,.report summary:focus-visible,.report .strip:focus-visible{outline:2px solid var(--ink);outline-offset:2px}
.report .strip{position:relative;display:grid;grid-template-columns:2fr 1fr;grid-template-rows:1fr 1fr;gap:2px;background:var(--line);border:1px solid var(--line);border-radius:4px;overflow:hidden}
.report .strip img{display:block;width:100%;height:100%;min-height:0;object-fit:cover}
.report .strip img:first-child{grid-row:1/3}
.report .strip.one{display:block}
.report .strip .loop{position:absolute;inset:0;display:none;object-fit:contain;background:#000}
@media (prefers-reduced-motion:no-preference){.report .strip:hover .loop,.report .strip:focus .loop,.report a:focus-visible .loop{display:block}}
@media (prefers-reduced-motion:reduce){.report .hint{display:none}}
.report .none{display:block;padding:44px 12px;text-align:center;color:var(--soft);background:var(--well);border:1px solid var(--line);border-radius:4px}
.report .hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.report figcaption{margin:4px 0 0;overflow-wrap:anywhere}
.report figcaption .soft{display:block}
.report .badge{display:inline-block;font-size:12px;font-weight:600;line-height:18px;border:1px solid currentColor;border-radius:10px;padding:0 8px;color:var(--good);white-space:nowrap}
.report .badge.failed,.report .badge.rejected{color:var(--bad)}
.report .badge.waiting,.report .badge.cancelled{color:var(--soft)}
.report .badge.flagged{color:var(--warn)}
.report .shots{width:100%;border-collapse:collapse;font-size:13px;line-height:1.4}
.report .shots th,.report .shots td{text-align:start;vertical-align:top;padding:7px 10px 7px 0;border-bottom:1px solid var(--line);overflow-wrap:break-word}
.report .shots thead th{color:var(--soft);font-weight:600;white-space:nowrap}
.report .shots tbody th{min-width:104px;max-width:220px;overflow-wrap:anywhere}
.report .shots th .soft{display:block}
.report .shots tbody td:nth-child(2){font-style:italic;max-width:240px;overflow-wrap:anywhere}.report .shots tbody td.long{min-width:260px!important;max-width:420px}
.report .shots .n,.report .shots thead th:nth-child(n+8){text-align:end;font-variant-numeric:tabular-nums;white-space:nowrap}
.report .shots thead th:nth-child(6){text-align:end}
.report .shots tfoot tr:last-child>*{font-weight:700}.report .shots tfoot .soft{font-weight:400}
.report .shots .check,.report .shots .warning{margin:0 0 3px}
.report .warning{color:var(--warn)}
.report summary{cursor:pointer;color:var(--good);padding:3px 0}
.report .charts{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,360px),1fr));gap:24px}
.report .charts img{display:block;width:100%;max-width:520px;height:auto;margin-top:4px}
.report .costs{display:flex;flex-wrap:wrap;gap:20px 40px;align-items:flex-start}.report .costs>*{flex:0 1 auto;max-width:100%}
.report .numbers{border-collapse:collapse;font-size:13px;line-height:1.4}
.report .numbers caption{text-align:start;font-weight:600;padding-bottom:2px}
.report .numbers th,.report .numbers td{padding:4px 14px 4px 0;border-bottom:1px solid var(--line);text-align:end;vertical-align:top;font-variant-numeric:tabular-nums}
.report .numbers tr>*:last-child{padding-inline-end:0}
.report .numbers thead th::first-letter{text-transform:uppercase}.report .numbers thead th{color:var(--soft);font-weight:600}
.report .numbers th:first-child,.report .numbers .text{text-align:start}
.report .numbers tbody th{overflow-wrap:anywhere;min-width:72px;max-width:280px}
.report .numbers th .soft{display:block}
.report .numbers tfoot>tr>*{font-weight:700}
.report .files{overflow-wrap:anywhere}
@media screen and (min-width:861px){.report .shots tbody td:nth-child(2){min-width:140px}.report .shots tbody td:nth-child(4){min-width:160px}}
@media screen and (max-width:860px){
.report .shots,.report .shots tbody,.report .shots tfoot,.report .shots tr,.report .shots td,.report .shots tbody th,.report .shots tfoot th{display:block;width:auto;max-width:none!important}
.report .shots thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.report .shots tr{padding:10px 0;border-bottom:1px solid var(--line)}
.report .shots th,.report .shots td{border:0;padding:2px 0}
.report .shots td,.report .shots td.n{padding-inline-start:128px;text-align:start;white-space:normal}
.report .shots td::before{content:attr(data-label);float:inline-start;margin-inline-start:-128px;width:118px;color:var(--soft);font-style:normal;font-weight:400}
.report .shots td.void,.report .shots td:empty{display:none}
.report .verdict{font-size:17px;padding:12px 14px}
}
@media print{
.report{font-size:10.5px}
.report .verdict{font-size:13px;print-color-adjust:exact}
.report h2{font-size:13px;margin:16px 0 6px}
.report .soft,.report .badge{font-size:9.5px}.report .badge{line-height:13px}
.report .hint{display:none}
.report .sheet{grid-template-columns:repeat(3,1fr);gap:10px}.report .sheet.many{grid-template-columns:repeat(5,1fr);gap:8px}.report .sheet.many figcaption{font-size:8.5px}
.report .none{padding:28px 8px}
.report .shots{font-size:9px}.report .shots th,.report .shots td{padding:4px 6px 4px 0}
.report .shots tbody th{min-width:72px}
.report .shots tbody td.long{min-width:120px!important;max-width:150px}.report .shots tbody td:nth-child(n+3):nth-child(-n+4),.report .shots tbody td:nth-child(7){min-width:84px}
.report .shots tr{break-inside:avoid}.report .shots thead{display:table-header-group}.report .shots tfoot{display:table-row-group}
.report .finding img{max-width:300px}
.report .numbers{font-size:9px}.report .numbers th,.report .numbers td{padding:3px 8px 3px 0}.report .costs{gap:12px 28px}.report .costs>*{break-inside:avoid}
.report .charts{grid-template-columns:1fr 1fr}.report .charts figure{break-inside:avoid}
}
`;

/** What only the file needs: its page. */
export const FILE_STYLE = `
:root{color-scheme:light dark}
body{margin:0;background:#fff}
@media screen and (prefers-color-scheme:dark){body{background:#1d1d1d}body>main>h1{color:#e6e6e6}}
main{max-width:1180px;margin:0 auto;padding:24px 16px 56px}
h1{font:700 26px/1.25 system-ui,"Segoe UI",Roboto,"Noto Sans",sans-serif;margin:0 0 6px;color:#1f2328;overflow-wrap:anywhere}
@page{size:A4;margin:12mm}
@media print{main{padding:0;max-width:none}h1{font-size:18px}}
`;
