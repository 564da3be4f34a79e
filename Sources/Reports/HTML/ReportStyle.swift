/// How the page looks: on wide and narrow screens, by day and night, and on paper.
enum ReportStyle {
  static let text = screen + small + dark + paper

  private static let screen = """

    :root { --ink: #1d2430; --faint: #566072; --paper: #fbfbfa; --card: #fff; --line: #dde1e7;
      --accent: #0b5c8f; --wash: #eef4f8; --warn: #8a4b00; --warn-wash: #fdf4e3;
      --warn-line: #e0a437; color-scheme: light dark; }
    * { box-sizing: border-box; }
    html { scroll-behavior: smooth; -webkit-text-size-adjust: 100%; }
    body { margin: 0; background: var(--paper); color: var(--ink);
      font: 1.0625rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
    .page { display: grid; grid-template-columns: 15rem minmax(0, 52rem); gap: 3.5rem;
      justify-content: center; padding: 0 2rem; }
    main { padding: 3rem 0 4rem; min-width: 0; }
    .skip { position: absolute; left: -999rem; }
    .skip:focus { left: 1rem; top: 1rem; background: var(--card); padding: .5rem 1rem; z-index: 1; }
    nav { position: sticky; top: 0; align-self: start; max-height: 100vh; overflow-y: auto;
      padding: 3.4rem 0 2rem; font-size: .9rem; line-height: 1.4; }
    nav h2 { font-size: .8rem; letter-spacing: .06em; text-transform: uppercase; color: var(--faint);
      margin: 0 0 .6rem; border: 0; padding: 0; }
    nav ol { list-style: none; margin: 0; padding: 0; }
    nav ol ol { padding-left: .9rem; border-left: 2px solid var(--line); margin: .3rem 0 .5rem; }
    nav a { display: block; padding: .22rem 0; color: var(--faint); text-decoration: none;
      overflow-wrap: anywhere; }
    nav a:hover, nav a:focus { color: var(--accent); text-decoration: underline; }
    h1 { font-size: 2.1rem; line-height: 1.2; letter-spacing: -.015em; margin: 0 0 .5rem;
      overflow-wrap: anywhere; text-wrap: balance; }
    h2 { font-size: 1.45rem; line-height: 1.25; margin: 3.2rem 0 .8rem; padding-top: 1.2rem;
      border-top: 1px solid var(--line); letter-spacing: -.01em; }
    h3 { font-size: 1.15rem; margin: 2.2rem 0 .5rem; overflow-wrap: anywhere; }
    h2 .count { color: var(--accent); font-variant-numeric: tabular-nums; margin-right: .35rem; }
    p { margin: .7rem 0; }
    p, li, dd { overflow-wrap: break-word; }
    .subtitle { color: var(--faint); margin: 0; }
    a { color: var(--accent); }
    .key { display: grid; grid-template-columns: repeat(auto-fit, minmax(11.5rem, 1fr)); gap: .9rem;
      margin: 1.8rem 0 0; }
    .key div { background: var(--card); border: 1px solid var(--line); border-radius: 10px;
      padding: .85rem 1rem .8rem; }
    .key dt { font-size: .85rem; color: var(--faint); line-height: 1.35; }
    .key dd { margin: .15rem 0 0; }
    .key strong { display: block; font-size: 1.6rem; line-height: 1.25; letter-spacing: -.01em;
      font-variant-numeric: tabular-nums; }
    .key span { font-size: .85rem; color: var(--faint); line-height: 1.35; display: block; }
    .findings { background: var(--wash); border-radius: 12px; padding: 1.3rem 1.6rem 1.1rem;
      margin: 1.8rem 0 0; }
    .findings h2, .cautions h2 { margin: 0 0 .7rem; padding: 0; border: 0; font-size: 1.25rem; }
    .findings dt { font-weight: 650; margin-top: .8rem; }
    .findings dd { margin: .05rem 0 0; }
    .findings ul { margin: .3rem 0 .2rem; padding-left: 1.1rem; }
    .findings li { margin: .15rem 0; }
    .cautions { border: 1px solid var(--warn-line); background: var(--warn-wash);
      border-radius: 12px; padding: 1.1rem 1.6rem .9rem; margin: 1.2rem 0 0; }
    .cautions h2 { color: var(--warn); }
    .cautions ul { margin: 0; padding-left: 1.1rem; }
    .cautions li { margin: .5rem 0; }
    .notice { border-left: 4px solid var(--accent); background: var(--wash); padding: .7rem 1rem;
      border-radius: 0 8px 8px 0; }
    ul { padding-left: 1.3rem; }
    .terms dt { font-weight: 650; margin-top: .75rem; }
    .terms dd { margin: .05rem 0 0; }
    figure { margin: 1.6rem 0; }
    .graphic { background: #fff; border: 1px solid var(--line); border-radius: 10px; padding: .5rem;
      overflow-x: auto; }
    .graphic svg { display: block; width: 100%; height: auto; }
    figcaption, .caption { font-size: .92rem; line-height: 1.45; color: var(--faint);
      text-align: left; padding-top: .55rem; }
    figcaption b, .caption b { color: var(--ink); }
    .caption { margin: 1.6rem 0 .5rem; padding: 0; }
    .table { overflow-x: auto; margin: 0 0 1.6rem;
      background: linear-gradient(to left, var(--paper) 40%, transparent) right / 3rem 100%
          no-repeat local,
        linear-gradient(to left, var(--line), transparent) right / 1rem 100% no-repeat scroll; }
    table { border-collapse: collapse; width: 100%; font-size: .92rem; line-height: 1.4; }
    th, td { text-align: left; vertical-align: top; padding: .42rem .7rem .42rem 0;
      border-bottom: 1px solid var(--line); }
    thead th { border-bottom: 2px solid var(--faint); vertical-align: bottom; font-weight: 650; }
    tbody th { font-weight: 500; }
    .number { text-align: right; font-variant-numeric: tabular-nums; }
    td.number { white-space: nowrap; }
    .strong { font-weight: 650; }
    .faint { color: var(--faint); background: color-mix(in srgb, var(--line) 40%, transparent); }
    tr > .number + .word { padding-left: .5rem; }
    td.word { min-width: 5.5rem; }
    .wide tbody th { min-width: 8rem; max-width: 18rem; padding-right: 1rem; }
    .wide td.word:last-child { min-width: 13rem; }
    pre { background: var(--wash); border-radius: 8px; padding: .8rem 1rem; overflow-x: auto;
      font-size: .9rem; line-height: 1.5; }
    footer { margin-top: 3rem; color: var(--faint); font-size: .9rem; }
    :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }

    """

  private static let small = """

    @media (max-width: 64rem) {
      .page { display: block; max-width: 56rem; margin: 0 auto; }
      nav { position: static; max-height: none; padding: 1.4rem 0 0; }
      nav ol ol { display: none; }
      nav > ol { display: flex; flex-wrap: wrap; gap: 0 1.1rem; }
      main { padding-top: 1.4rem; }
    }
    @media (max-width: 40rem) {
      body { font-size: 1rem; line-height: 1.55; }
      .page { padding: 0 1rem; }
      h1 { font-size: 1.55rem; }
      h2 { font-size: 1.25rem; margin-top: 2.4rem; }
      .key { grid-template-columns: 1fr 1fr; gap: .6rem; }
      .key div { padding: .65rem .75rem; }
      .key strong { font-size: 1.25rem; }
      .findings, .cautions { padding: 1rem 1rem .8rem; margin-left: -.4rem; margin-right: -.4rem; }
      .graphic { padding: .2rem; }
      table.wide { min-width: 46rem; }
      .graphic svg { width: 40rem; max-width: none; }
    }

    """

  private static let dark = """

    @media screen and (prefers-color-scheme: dark) {
      :root { --ink: #e5e9ef; --faint: #a3adbd; --paper: #14181f; --card: #1b212a; --line: #323b48;
        --accent: #7fc1ea; --wash: #1b2631; --warn: #f2c06a; --warn-wash: #2a2214;
        --warn-line: #8a6420; }
      .graphic { background: #eceff2; border-color: #eceff2; }
      .graphic svg { mix-blend-mode: multiply; }
    }

    """

  private static let paper = """

    @page { size: A4; margin: 17mm 16mm; }
    @media print {
      body { background: #fff; font-size: 10.5pt; line-height: 1.42; }
      nav, .skip { display: none; }
      .page, main { display: block; padding: 0; max-width: none; }
      h1 { font-size: 19pt; }
      h2 { font-size: 14pt; margin-top: 8mm; }
      h3 { font-size: 11.5pt; }
      h2, h3, .caption { break-after: avoid; }
      figure, .key div, .notice, tr, pre, .findings dd, .cautions li { break-inside: avoid; }
      .findings dt, .terms dt { break-after: avoid; }
      .key { grid-template-columns: repeat(4, 1fr); }
      .key strong { font-size: 1.3rem; }
      .wide tbody th { padding-right: .4rem; }
      .graphic { border: 0; padding: 0; overflow: visible; }
      .graphic svg { width: 100%; max-height: 230mm; }
      .table { overflow: visible; background: none; }
      pre { white-space: pre-wrap; overflow-wrap: anywhere; }
      table { font-size: 8.8pt; }
      thead { display: table-header-group; }
      p { orphans: 3; widows: 3; }
      .findings, .cautions, .notice, pre { -webkit-print-color-adjust: exact;
        print-color-adjust: exact; }
      a { color: inherit; text-decoration: none; }
    }

    """
}
