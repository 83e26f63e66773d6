/// How the page looks: on a screen, light or dark, wide or narrow, and on paper.
enum StyleSheet {
  static let text = colours + frame + tables + drawings + parts + paper

  /// Lines and fills are told apart by lightness and dash too, and keep 4.5 : 1 (text) or 3 : 1
  /// (drawings) to the ground. The hues are Okabe and Ito's.
  private static let colours = """
    :root{--paper:#fff;--raised:#f6f7f9;--ink:#16191d;--soft:#555d68;--line:#d5d9df;--grid:#e7eaee;
    --link:#0b5394;--accent:#0a6ab0;--warm:#b34a00;--warn:#fff3e0;--warnline:#b34a00;--good:#e8f3fb;
    --s0:#0a6ab0;--s1:#b34a00;--s2:#00795a;--s3:#9c4a80;--s4:#6b6200;--s5:#333;
    --y:10,106,176;--x:179,74,0;--strong:#fff}
    [data-theme=dark]{--paper:#14171b;--raised:#1d2126;--ink:#e8eaed;--soft:#a5adb8;--line:#3a414a;
    --grid:#2a3037;--link:#8ec7f5;--accent:#62b0ec;--warm:#f0a35e;--warn:#33261a;--warnline:#f0a35e;
    --good:#182a38;--s0:#62b0ec;--s1:#f0a35e;--s2:#4fc9a5;--s3:#e3a1cb;--s4:#d8cc58;--s5:#ddd;
    --y:40,110,180;--x:165,80,15;--strong:#fff}
    @media(prefers-color-scheme:dark){:root:not([data-theme=light]){--paper:#14171b;--raised:#1d2126;
    --ink:#e8eaed;--soft:#a5adb8;--line:#3a414a;--grid:#2a3037;--link:#8ec7f5;--accent:#62b0ec;
    --warm:#f0a35e;--warn:#33261a;--warnline:#f0a35e;--good:#182a38;--s0:#62b0ec;--s1:#f0a35e;
    --s2:#4fc9a5;--s3:#e3a1cb;--s4:#d8cc58;--s5:#ddd;--y:40,110,180;--x:165,80,15;--strong:#fff}}

    """

  private static let frame = """
    *{box-sizing:border-box}
    html{scroll-behavior:smooth;scroll-padding-top:1rem}
    @media(prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
    body{margin:0;background:var(--paper);color:var(--ink);
    font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif;
    font-variant-numeric:tabular-nums;overflow-wrap:break-word}
    main{width:100%;min-width:0;max-width:76rem;margin:0 auto;padding:1rem 1.25rem 4rem}
    nav{padding:.75rem 1.25rem 0;font-size:.875rem}
    nav ol{columns:2;column-gap:2.5rem;margin:.5rem 0;padding-left:1.6rem}
    nav li{margin:.15rem 0}
    nav a{text-decoration:none}
    @media(min-width:80rem){body{display:grid;grid-template-columns:15rem minmax(0,1fr)}
    nav{position:sticky;top:0;height:100vh;overflow-y:auto;border-right:1px solid var(--line);
    padding-top:1.5rem}nav ol{columns:1}nav li{margin:.35rem 0}}
    a{color:var(--link)}
    a:focus-visible,button:focus-visible,input:focus-visible,summary:focus-visible,
    .scroll:focus-visible,svg:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
    a.d{color:inherit;text-decoration:none}
    th a.d,dt a.d,p a.d{text-decoration:underline dotted 1px;text-underline-offset:3px}
    a.d:hover{color:var(--link);text-decoration:underline}
    .skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:1rem;background:var(--paper);padding:.5rem;z-index:3}
    .hide{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
    h1{font-size:1.75rem;line-height:1.2;margin:.5rem 0;overflow-wrap:anywhere}
    h2{font-size:1.3rem;margin:2.75rem 0 .5rem;padding-top:.75rem;border-top:2px solid var(--ink)}
    h2 .no{color:var(--soft);font-weight:400;margin-right:.35rem}
    h3{font-size:1.05rem;margin:1.5rem 0 .25rem}
    p,ul{max-width:46rem}
    .lead{font-size:1.05rem;color:var(--soft);margin-top:0}
    small{font-size:.8125rem;color:var(--soft)}
    code,pre{font:.875em ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}
    pre{background:var(--raised);padding:.6rem .8rem;white-space:pre-wrap}
    button,input{font:inherit;color:inherit;background:var(--raised);border:1px solid var(--soft);
    border-radius:4px;padding:.15rem .6rem}
    .missing,.note{color:var(--soft);font-size:.925rem}
    .missing{border-left:3px solid var(--line);padding-left:.75rem}
    .warning{background:var(--warn);border-left:4px solid var(--warnline);padding:.6rem .8rem}
    .good{background:var(--good);border-left:4px solid var(--accent);padding:.6rem .8rem}
    .name{display:inline-block;max-width:16rem;overflow:hidden;text-overflow:ellipsis;
    white-space:nowrap;vertical-align:bottom}
    h1 .name,h3 .name,p .name,li .name,figcaption .name{max-width:100%}h1 .name,.top .name,h3 .name,p .name,.legend .name{white-space:normal;overflow-wrap:anywhere}
    .path{overflow-wrap:anywhere}
    summary{cursor:pointer;padding:.4rem 0;color:var(--link)}

    """

  private static let tables = """
    .table{margin:1rem 0}
    .scroll{overflow-x:auto;position:relative}
    .tool{margin:.25rem 0;font-size:.875rem}
    table{border-collapse:collapse;font-size:.875rem}
    caption{text-align:left;color:var(--soft);padding:.25rem 0;font-size:.875rem}
    th,td{padding:.2rem .55rem;border-bottom:1px solid var(--grid);text-align:left;vertical-align:top;
    font-weight:400}
    thead th{border-bottom:1px solid var(--soft);vertical-align:bottom;font-weight:600;white-space:nowrap}
    tbody th{font-weight:500}
    .n{text-align:right;white-space:nowrap}
    .w,.w small{color:var(--soft)}.w .dot{opacity:.55}.w .span{opacity:.45}
    tbody tr:hover{background:var(--raised)}
    .classes td .bar{display:block;margin-left:auto}
    .classes .ci{font-size:.75rem}.classes td,.classes th{padding-left:.35rem;padding-right:.35rem}
    .shot{margin-left:.4rem;border:1px solid var(--line);border-radius:3px;padding:0 .25rem;
    font-size:.6875rem}
    th[scope=row]{max-width:17rem}
    .settings td{overflow-wrap:anywhere;max-width:32rem}
    button.sort{border:0;background:none;padding:0 .2rem;color:var(--soft);cursor:pointer}
    th[aria-sort=ascending] .sort,th[aria-sort=descending] .sort{color:var(--accent)}
    @media(min-width:40rem){.classes th[scope=row],.matrix th[scope=row]{position:sticky;left:0;
    background:var(--paper)}}

    """

  static let drawings = """
    svg{max-width:100%;height:auto;overflow:visible}
    .bar{vertical-align:middle;max-width:none}
    .bar .track{stroke:var(--line);stroke-width:1}
    .bar .ref{stroke:var(--soft);stroke-width:1}
    .bar .span{fill:var(--accent);opacity:.35}
    .bar .dot{fill:var(--accent)}
    .f0{fill:var(--s0)}.f1{fill:var(--s1)}.f2{fill:var(--s2)}
    .plot text{font-size:11px;fill:var(--soft)}
    .plot .t{fill:var(--ink)}
    .plot .m{text-anchor:middle}.plot .e{text-anchor:end}
    .axes line{stroke:var(--grid);stroke-width:1}
    polyline{fill:none;stroke-width:1.75;stroke-linejoin:round}
    .band{opacity:.18;stroke:none}
    .rule{stroke:var(--soft);stroke-dasharray:4 3}
    .whisker{stroke-width:1.25;stroke-dasharray:none!important}
    .count{fill:var(--line);opacity:.75}
    polyline.s0,line.s0{stroke:var(--s0)}polyline.s1,line.s1{stroke:var(--s1);stroke-dasharray:7 2}
    polyline.s2,line.s2{stroke:var(--s2);stroke-dasharray:3 2}
    polyline.s3,line.s3{stroke:var(--s3);stroke-dasharray:9 2 2 2}
    polyline.s4,line.s4{stroke:var(--s4);stroke-dasharray:2 2}
    polyline.s5,line.s5{stroke:var(--s5);stroke-dasharray:12 3}
    circle.s0,.band.s0{fill:var(--s0)}circle.s1,.band.s1{fill:var(--s1)}circle.s2,.band.s2{fill:var(--s2)}
    circle.s3,.band.s3{fill:var(--s3)}circle.s4,.band.s4{fill:var(--s4)}circle.s5,.band.s5{fill:var(--s5)}
    .pairs polyline{stroke-dasharray:none}
    .cross{stroke:var(--ink);stroke-width:1;fill:none;pointer-events:none}
    #readout{position:fixed;z-index:2;pointer-events:none;background:var(--ink);color:var(--paper);
    padding:.2rem .5rem;border-radius:4px;font-size:.8125rem;white-space:pre-line;max-width:18rem}
    .charts,.pairs{display:flex;flex-wrap:wrap;gap:1rem 1.5rem;margin:1rem 0}
    .pair{margin:0}.pair svg{width:190px}.pair figcaption{max-width:24rem;line-height:1.3}
    .pair:has(svg:only-of-type) figcaption{max-width:190px}
    .legend{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;font-size:.875rem}

    """

  private static let parts = """
    .tiles{display:grid;grid-template-columns:repeat(auto-fill,minmax(10.5rem,1fr));gap:.75rem;margin:1.25rem 0}
    .tile{background:var(--raised);padding:.6rem .75rem;border-radius:4px}
    .tile dt{font-size:.8125rem;color:var(--soft)}
    .tile dd{margin:0}
    .tile .value{font-size:1.5rem;font-weight:600}
    .tile .bar,.tile small{display:block}
    .tile .ci{display:inline}
    .facts div{display:flex;gap:.75rem}.facts dt{min-width:10rem;color:var(--soft)}.facts dd{margin:0}
    .choice{border:0;padding:0;margin:.25rem 0;font-size:.875rem}.choice label{margin-right:1rem}
    .matrix{border-collapse:separate;border-spacing:1px}
    .matrix th,.matrix td{border:0;vertical-align:middle}.matrix thead th{vertical-align:bottom}
    .matrix td{text-align:center;padding:.15rem .2rem;min-width:2.1rem;background:var(--raised);vertical-align:middle}
    .matrix tbody tr:hover{background:none}
    .matrix .sum{background:none;color:var(--soft);text-align:right}
    .matrix .corner{color:var(--soft);font-weight:400;font-size:.75rem}
    .matrix thead div{writing-mode:vertical-rl;transform:rotate(180deg);max-height:9rem;overflow:hidden;
    text-overflow:ellipsis;margin:0 auto}
    .matrix b{font-weight:500;display:block}.matrix i{font-style:normal;font-size:.6875rem;display:block}
    .matrix.one i{display:none}
    .table:has(input[value=rates]:checked) .matrix.one i{display:block;font-size:inherit}
    .table:has(input[value=rates]:checked) .matrix.one b{display:none}
    .matrix.none td{min-width:0;width:.45rem;height:.45rem;padding:0}
    .matrix.none th{font-size:.5rem;line-height:1;padding:0 .2rem;white-space:nowrap}
    .matrix.none .name{max-width:7rem}.matrix.none thead div{max-height:5rem}
    .matrix.none{border-spacing:0}.matrix.none .sum{font-size:.5rem;width:auto}

    """
    + (1...10).map { level in
      // Dark figures up to 8, white ones from 9: in between neither would have enough contrast.
      let alpha = Figures.fixed(
        level > 8 ? 0.08 * Double(level) + 0.2 : 0.06 + 0.09 * Double(level), 2)
      let ink = level > 8 ? ";color:var(--strong)" : ""
      return """
        .matrix .y\(level){background:rgba(var(--y),\(alpha))\(ink)}\
        .matrix .x\(level){background:rgba(var(--x),\(alpha))\(ink)}

        """
    }.joined()
      + """
      .matrix .y0{outline:1px solid var(--line);outline-offset:-2px}
      .cases{list-style:none;padding:0;max-width:none;display:grid;gap:1rem;
      grid-template-columns:repeat(auto-fill,minmax(19rem,1fr))}
      .cases li{display:flex;gap:.75rem;line-height:1.35}.cases p{margin:0 0 .15rem}
      .cases div{min-width:0}
      .cases img,.nopicture{width:96px;height:96px;object-fit:contain;background:var(--raised);flex:none}
      .nopicture{fill:none;stroke:var(--line)}
      .glossary{display:grid;gap:.75rem 2rem;grid-template-columns:repeat(auto-fill,minmax(20rem,1fr))}
      .glossary dt{font-weight:600}.glossary dt small{font-weight:400}.glossary dd{margin:0;font-size:.875rem}
      .glossary div:target{background:var(--warn);outline:2px solid var(--warnline);outline-offset:4px}
      @media(max-width:40rem){body{font-size:15px}main,nav{padding-left:.9rem;padding-right:.9rem}
      .name{max-width:9rem}h1{font-size:1.4rem}.cases,.glossary{grid-template-columns:minmax(0,1fr)}
      th,td{padding:.2rem .35rem}.facts div{display:block}}

      """

  private static let paper = """
    @page{size:A4;margin:14mm 13mm}
    @media print{:root,:root:not([data-theme=light]),[data-theme=dark]{--paper:#fff;--raised:#f4f5f7;
    --ink:#000;--soft:#444;--line:#bbb;--grid:#ddd;--link:#000;--accent:#0a6ab0;--warm:#b34a00;
    --warn:#fff;--good:#fff;--s0:#0a6ab0;--s1:#b34a00;--s2:#00795a;--s3:#9c4a80;--s4:#6b6200;--s5:#333;
    --y:10,106,176;--x:179,74,0;--strong:#fff}
    *{print-color-adjust:exact;-webkit-print-color-adjust:exact}
    body{display:block;font-size:9.5pt}main{max-width:none;padding:0}nav,.tool,.choice,.skip,#readout,
    button.sort{display:none!important}
    .scroll{overflow:visible}table{font-size:8pt}th,td{padding:.1rem .3rem}
    thead{display:table-header-group}tr,figure,.cases li,.glossary div,.tile,svg.plot{break-inside:avoid}
    h2,h3,caption{break-after:avoid}
    .name{white-space:normal;overflow-wrap:anywhere;max-width:9rem;display:-webkit-inline-box;
    -webkit-box-orient:vertical;-webkit-line-clamp:3}
    .classes .bar{width:52px}.classes th[scope=row],.matrix th[scope=row]{position:static}
    .matrix td{min-width:0;padding:.1rem}.matrix.one{font-size:6.5pt}
    .matrix{break-inside:avoid}.pair svg{width:42mm}.charts svg{width:58mm}.cases img,.nopicture{width:64px;height:64px}
    .plot[width="420"]{width:105mm!important}small,.ci{font-size:.9em!important}.missing,.note{font-size:8.5pt}
    h2{margin-top:1.5rem}.tiles{grid-template-columns:repeat(4,1fr)}
    .glossary{columns:3;display:block;font-size:7.5pt}.glossary dd{font-size:7.5pt}.glossary small{font-size:7pt}
    .glossary div{margin-bottom:.35rem}
    details>summary{display:none}details::details-content{content-visibility:visible;height:auto}
    .cases{grid-template-columns:repeat(2,1fr)}.pairs{gap:.5rem 1rem}a{text-decoration:none!important}}

    """
}
