import { Markup, styleString } from './markup'

const LIGHT =
  '--bg:#f5f6f8;--surface:#fff;--inset:#edeff3;--line:#e2e5ea;--line-2:#cdd2da;--control:#868e9a;--text:#171b21;--text-2:#49515d;--text-3:#5f6875;--ink:#2a313b;--accent:#3d4fc4;--credit:#c9cff2;--good:#067a6b;--good-fg:#066b5e;--miss:#6f0648;--miss-fg:#6f0648;--open-fg:#4b535e;--warn:#8f4500;--warn-tint:#fdf0e2;--on:#fff'
const DARK =
  '--bg:#0e1115;--surface:#151920;--inset:#222832;--line:#272d37;--line-2:#3a424f;--control:#717b8a;--text:#e7eaef;--text-2:#b0b8c4;--text-3:#98a1ae;--ink:#c9d0da;--accent:#93a4ff;--credit:#3a4580;--good:#46cdb7;--good-fg:#5ad6c2;--miss:#cf2791;--miss-fg:#ff86c6;--open-fg:#aeb7c4;--warn:#ffb469;--warn-tint:#33210d;--on:#0e1115'

const BASE = `*,*::before,*::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--bg);color:var(--text);font:400 13px/19px -apple-system,"Segoe UI Variable Text","Segoe UI",Inter,Roboto,"Noto Sans","Helvetica Neue","Liberation Sans",Arial,sans-serif;font-variant-numeric:tabular-nums lining-nums;-webkit-print-color-adjust:exact;print-color-adjust:exact;overflow-wrap:anywhere}
h1,h2,h3,p,ul,ol,dl,dd{margin:0;padding:0}
ul,ol{list-style:none}
a{color:inherit;text-decoration:underline;text-decoration-color:var(--line-2);text-underline-offset:2px}
a:hover{text-decoration-color:currentColor}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:3px}
b,strong{font-weight:600}
svg{display:block;overflow:visible}
code{font-family:ui-monospace,"SF Mono","Cascadia Mono","Noto Sans Mono","Liberation Mono",Menlo,Consolas,monospace;font-size:12px;font-variant-ligatures:none}
.sprite{position:absolute;overflow:hidden}
.vh{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.sheet{width:794px;max-width:100%;margin:24px auto;padding:48px 60px 56px;background:var(--surface);border:1px solid var(--line)}
.rh{display:flex;align-items:center;gap:9px;margin-bottom:36px;font-weight:600;font-size:14px}
.rh svg{width:22px;height:22px;color:var(--accent)}
.rh .end{margin-left:auto;font-weight:400;color:var(--text-2);text-align:right}
h1{font-size:34px;line-height:40px;font-weight:600;letter-spacing:-.02em}
h1 span{display:block;color:var(--text-2);font-weight:400}
.about{margin-top:8px;color:var(--text-2)}
.lead{margin:16px 0 4px;font-size:16px;line-height:25px;color:var(--text-2);max-width:66ch;text-wrap:pretty}
.lead b{color:var(--text)}
.box{margin:20px 0 0;padding:10px 14px;border:1px solid var(--line-2);border-left:3px solid var(--accent);border-radius:3px;break-inside:avoid}
.box.warn{border-left-color:var(--warn);background:var(--warn-tint)}
.box li{padding-left:14px;position:relative}.box li::before{content:"\\2013";position:absolute;left:0}
h2{margin:30px 0 6px;font-size:16px;line-height:22px;font-weight:600}
h3{font-size:13px;line-height:19px;font-weight:600}
h2,h3,.cap{break-after:avoid;break-inside:avoid}
.cap,.note{margin:0 0 8px;color:var(--text-2);font-size:12px;line-height:17px}
.note{margin:7px 0 0;break-before:avoid}
.note .sh,.cap .sh{display:inline-block;width:11px;height:11px;vertical-align:-1px;margin-right:4px}
.dim{color:var(--text-2)}.nb{white-space:nowrap}
.u{color:var(--text-3);font-weight:400}`

const TABLES = `table{border-collapse:collapse;width:100%}
thead{display:table-header-group}
tr,li{break-inside:avoid}
th{font-weight:500;text-align:left}
thead th{padding:4px 8px 4px 0;border-bottom:1.5px solid var(--text);color:var(--text-2);font-size:12px;line-height:17px;vertical-align:bottom;overflow-wrap:normal}
td,tbody th,tfoot th{padding:7px 8px 7px 0;border-bottom:1px solid var(--line);vertical-align:top}
tbody th,tfoot th{font-weight:600}
td:last-child,th:last-child{padding-right:0}
.num{text-align:right;white-space:nowrap}
.s{display:block;color:var(--text-2);font-size:12px;line-height:16px;font-weight:400}
.sh{width:14px;height:14px;flex:none}
.state{display:inline-flex;align-items:center;gap:6px;font-weight:600;white-space:nowrap}
.met{color:var(--good-fg)}.not_met{color:var(--miss-fg)}.no_data,.not_enough_data{color:var(--open-fg)}
.sh.met{color:var(--good)}.sh.not_met{color:var(--miss)}
.on{fill:none;stroke:var(--on);stroke-width:1.8;stroke-linecap:round;stroke-linejoin:round}
.open{fill:none;stroke:currentColor;stroke-width:1.5;stroke-linecap:round}.open.dots{stroke-width:2.2}
.f-ink{fill:var(--ink)}.f-inset{fill:var(--inset)}.f-dim{fill:var(--text-2)}.f-good{fill:var(--good)}.f-miss{fill:var(--miss)}.f-accent{fill:var(--accent)}.f-credit{fill:var(--credit)}.f-low{fill:var(--control)}
.gap{fill:none;stroke:var(--surface)}.l-text{fill:none;stroke:var(--text);stroke-width:1.25}.l-dim{fill:none;stroke:var(--text-3)}.l-line{fill:none;stroke:var(--line-2)}.l-ink{fill:none;stroke:var(--ink);stroke-width:1.5;stroke-linejoin:round}.l-target{fill:none;stroke:var(--text-2);stroke-dasharray:3 3}
text{font-size:12px;fill:var(--text-2)}text.t{fill:var(--text);font-weight:600}text.m{fill:var(--miss-fg);font-weight:600}
.sbar{width:96px;height:13px;margin-top:3px}
.obj tbody th{min-width:132px}
.obj .r-not_met .num b{color:var(--miss-fg)}
.wf{width:150px;height:19px;margin:-1px 0 -1px}
.cau td,.cau tbody th,.cau tfoot th{padding-top:6px;padding-bottom:6px}
.cau .grp th{padding-top:16px;border-bottom-color:var(--line-2)}.cau .grp{break-after:avoid}
.cau tbody th{font-weight:500}.cau .grp th,.cau .tot th,.cau .tot td{font-weight:600}.cau .tot th,.cau .tot td{border-bottom:0}.cau .tot{break-before:avoid}
.days{table-layout:fixed}.days th:first-child{width:186px;padding-right:14px}.days th{vertical-align:bottom}.days td,.days tbody th{border:0;padding-top:0;padding-bottom:6px}.days thead th{border:0;padding-bottom:0}
.yr{font-size:12px}.yr td,.yr thead th{padding-left:0;padding-right:6px}.yr .miss{display:inline-flex;align-items:center;gap:2px;color:var(--miss-fg);font-weight:600}.yr .miss .sh{width:9px;height:9px}
.yr tbody th{font-weight:400;min-width:84px}.yr .sh{display:inline-block;width:11px;height:11px;vertical-align:-1px}`

const PARTS = `.mult{display:grid;grid-template-columns:repeat(auto-fill,minmax(200px,1fr));gap:18px 22px}
.mult li{min-width:0;display:flex;flex-direction:column;justify-content:space-between}.mult svg{width:100%;margin-top:2px}.mult+h3+.scroll{margin-top:14px}
.sums{display:grid;grid-template-columns:repeat(auto-fit,minmax(160px,1fr));gap:12px 24px;margin-top:22px;padding:14px 0;border-top:1.5px solid var(--text);border-bottom:1px solid var(--line)}
.sums dt{color:var(--text-2);font-size:12px}.sums dd{font-size:20px;line-height:28px;font-weight:600}.sums div{display:flex;flex-direction:column-reverse;justify-content:flex-end}
.inc>li{padding:12px 0;border-top:1px solid var(--line)}.inc>li:first-child{border-top:1.5px solid var(--text)}
.inc p{max-width:86ch}.inc p.s{margin:1px 0 4px}
.inc ul{margin-top:5px}.inc ul li{padding-left:20px;position:relative}.inc ul svg{position:absolute;left:1px;top:4px;width:11px;height:11px}
.half{display:grid;grid-template-columns:repeat(auto-fit,minmax(250px,1fr));gap:16px 32px}
.half section{break-inside:avoid}
.rec{counter-reset:r;display:grid;gap:12px}.rec>li{counter-increment:r;padding-left:24px;position:relative;color:var(--text-2)}.rec>li::before{content:counter(r);position:absolute;left:0;font-weight:600;color:var(--text)}.rec h3{color:var(--text)}
.rec dl{display:flex;flex-wrap:wrap;gap:0 16px;font-size:12px;line-height:17px;margin-top:2px}.rec dl div{display:flex;gap:5px}.rec dd{color:var(--text);font-weight:500}
.prov{break-inside:avoid;display:grid;grid-template-columns:96px minmax(0,1fr);gap:3px 16px;font-size:12px;line-height:18px}.prov dt{color:var(--text-2)}
.defs>li{padding:9px 0;border-top:1px solid var(--line)}.defs pre{margin:3px 0 0;white-space:break-spaces;overflow-wrap:anywhere;font-size:12px;line-height:17px}
.defs dl{margin-top:3px}
.scroll{overflow-x:auto}
footer{margin-top:36px;padding-top:10px;border-top:1px solid var(--line);color:var(--text-2);font-size:12px;line-height:17px}
@media screen and (max-width:820px){.sheet{margin:0;border:0;padding:24px 16px 40px}.rh{margin-bottom:24px}h1{font-size:28px;line-height:34px}.scroll>table{min-width:640px}}`

const PRINT = `@media print{body,.sheet{background:#fff}.sheet{width:auto;margin:0;padding:0;border:0}.rh{margin-bottom:26px}h2{margin-top:26px}a{text-decoration:none}.scroll{overflow:visible}.screen{display:none}p,li{orphans:3;widows:3}}`

/** The page as people print it: A4, with what it is and its number at the foot where the browser can. */
const page = (foot: string): string =>
  `@page{size:A4;margin:15mm 15mm 19mm;@bottom-left{content:${styleString(foot)};font:12px/1 sans-serif;color:#49515d;vertical-align:top;padding-top:5mm;width:70%}@bottom-right{content:counter(page) " of " counter(pages);font:12px/1 sans-serif;color:#49515d;vertical-align:top;padding-top:5mm}}`

/** All styles of a report. Colours are declared once for paper and once for dark screens. */
export const styles = (foot: string): Markup =>
  new Markup(
    `:root{color-scheme:light dark;${LIGHT}}\n@media screen and (prefers-color-scheme:dark){:root{${DARK}}}\n${[BASE, TABLES, PARTS, PRINT, page(foot)].join('\n')}`,
  )
