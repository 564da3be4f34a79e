/// How the page looks on wide and narrow screens, by day and night; colors are those of reports.
enum GalleryStyle {
  static let text = """

    :root { --ink: #1d2430; --faint: #566072; --paper: #fbfbfa; --card: #fff; --line: #dde1e7;
      --accent: #0b5c8f; --warn: #8a4b00; --warn-wash: #fdf4e3; --warn-line: #e0a437;
      color-scheme: light dark; }
    @media (prefers-color-scheme: dark) {
      :root { --ink: #e5e9ef; --faint: #a3adbd; --paper: #14181f; --card: #1b212a; --line: #323b48;
        --accent: #7fc1ea; --warn: #f2c06a; --warn-wash: #2a2214; --warn-line: #8a6420; }
    }
    * { box-sizing: border-box; }
    body { margin: 0 auto; max-width: 90rem; padding: 0 1.5rem; background: var(--paper);
      color: var(--ink); font: 1rem/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans",
      sans-serif; }
    header { padding: 2rem 0 .5rem; }
    h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .4rem; overflow-wrap: anywhere; }
    h2 { font-size: 1.15rem; margin: 0 0 .5rem; }
    .subtitle, footer { color: var(--faint); margin: 0; overflow-wrap: anywhere; }
    .tools { display: flex; flex-wrap: wrap; gap: .6rem 1.2rem; align-items: center;
      position: sticky; top: 0; z-index: 1; padding: .7rem 0; background: var(--paper);
      border-bottom: 1px solid var(--line); }
    .orders { display: flex; }
    button, select { font: inherit; color: inherit; background: var(--card);
      border: 1px solid var(--line); padding: .3rem .75rem; min-height: 2.25rem; cursor: pointer; }
    button:first-child { border-radius: 8px 0 0 8px; }
    button:last-child { border-radius: 0 8px 8px 0; }
    button + button { border-left: 0; }
    button[aria-pressed="true"] { color: var(--accent); font-weight: 650; }
    button[aria-pressed="true"]::after { content: " \\25B2"; font-size: .7em; }
    button[aria-pressed="true"][data-falls]::after { content: " \\25BC"; }
    select { border-radius: 8px; max-width: 15rem; }
    label { display: flex; gap: .5rem; align-items: center; color: var(--faint); min-width: 0; }
    label select { color: var(--ink); min-width: 0; }
    output { color: var(--faint); font-variant-numeric: tabular-nums; }
    :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
    .items { display: grid; grid-template-columns: repeat(auto-fill, minmax(10.5rem, 1fr));
      gap: .9rem; list-style: none; margin: 1.1rem 0 2rem; padding: 0; }
    .items li { background: var(--card); border: 1px solid var(--line); border-radius: 10px;
      overflow: hidden; min-width: 0; }
    .items li[hidden] { display: none; }
    .items a { display: block; height: 100%; color: inherit; text-decoration: none; }
    .items a:hover b { color: var(--accent); text-decoration: underline; }
    .items img { display: block; width: 100%; aspect-ratio: 1; object-fit: cover;
      margin-bottom: .5rem; background: var(--line); }
    .items b, .items span { display: block; padding: 0 .7rem; overflow-wrap: anywhere; }
    .items b { font-weight: 650; line-height: 1.3; display: -webkit-box; overflow: hidden;
      -webkit-box-orient: vertical; -webkit-line-clamp: 3; }
    .score { font-variant-numeric: tabular-nums; }
    .name { color: var(--faint); font-size: .8rem; }
    .name:last-child { padding-bottom: .6rem !important; }
    .failures { background: var(--warn-wash); border: 1px solid var(--warn-line);
      border-radius: 10px; padding: 1rem 1.2rem; margin: 0 0 2rem; }
    .failures h2 { color: var(--warn); }
    .failures ul { margin: 0; padding-left: 1.1rem; }
    .failures li { overflow-wrap: anywhere; }
    footer { border-top: 1px solid var(--line); padding: 1rem 0 2rem; font-size: .85rem; }
    @media (max-width: 40rem) {
      body { padding: 0 .9rem; }
      header { padding-top: 1.2rem; }
      h1 { font-size: 1.35rem; }
      .tools { position: static; }
      .items { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: .6rem; }
    }

    """
}
