/// The page and its parts in the Mustache language; whatever stands in double braces is escaped.
enum ReportTemplate {
  static let page = """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>{{title}}</title>
    <style>{{{style}}}</style>
    </head>
    <body>
    <a class="skip" href="#main">Skip to the report</a>
    <div class="page">
    <nav aria-label="Contents">
    <h2>Contents</h2>
    <ol>
    {{#hasFindings}}<li><a href="#in-short">In short</a></li>{{/hasFindings}}
    {{#sections}}
    <li><a href="#{{id}}">{{title}}</a>
    {{#hasParts}}
    <ol>
    {{#parts}}
    <li><a href="#{{id}}">{{title}}</a></li>
    {{/parts}}
    </ol>
    {{/hasParts}}
    </li>
    {{/sections}}
    </ol>
    </nav>
    <main id="main">
    <header>
    <h1>{{title}}</h1>
    <p class="subtitle">{{subtitle}}</p>
    </header>
    {{#hasKeyFigures}}
    <dl class="key">
    {{#keyFigures}}
    <div><dt>{{label}}</dt><dd><strong>{{value}}</strong><span>{{note}}</span></dd></div>
    {{/keyFigures}}
    </dl>
    {{/hasKeyFigures}}
    {{#hasFindings}}
    <section class="findings" id="in-short">
    <h2>In short</h2>
    <dl>
    {{#findings}}
    <dt>{{subject}}</dt><dd>{{text}}
    {{#hasPoints}}<ul>{{#points}}<li>{{.}}</li>{{/points}}</ul>{{/hasPoints}}
    </dd>
    {{/findings}}
    </dl>
    </section>
    {{/hasFindings}}
    {{#hasCautions}}
    <section class="cautions" aria-labelledby="cautions">
    <h2 id="cautions">Before you rely on this</h2>
    <ul>
    {{#cautions}}
    <li><strong>{{subject}}</strong> {{text}}</li>
    {{/cautions}}
    </ul>
    </section>
    {{/hasCautions}}
    {{#sections}}
    <section id="{{id}}">
    <h2><span class="count">{{number}}</span> {{title}}</h2>
    {{#blocks}}
    {{> block}}
    {{/blocks}}
    {{#parts}}
    <section class="part" id="{{id}}">
    <h3>{{title}}</h3>
    {{#blocks}}
    {{> block}}
    {{/blocks}}
    </section>
    {{/parts}}
    </section>
    {{/sections}}
    <footer><p>{{footer}}</p></footer>
    </main>
    </div>
    </body>
    </html>

    """

  static let block = """
    {{#.paragraph}}
    <p>{{.}}</p>
    {{/.paragraph}}
    {{#.list}}
    <ul>
    {{#points}}
    <li>{{.}}</li>
    {{/points}}
    </ul>
    {{/.list}}
    {{#.statements}}
    <dl class="terms">
    {{#items}}
    <dt>{{subject}}</dt><dd>{{text}}</dd>
    {{/items}}
    </dl>
    {{/.statements}}
    {{#.notice}}
    <p class="notice"><strong>{{subject}}</strong> {{text}}</p>
    {{/.notice}}
    {{#.commands}}
    <pre><code>{{.}}</code></pre>
    {{/.commands}}
    {{#.figure}}
    <figure>
    <div class="graphic" tabindex="0" role="group" aria-label="Figure {{number}}">{{{graphic}}}</div>
    <figcaption><b>Figure {{number}}.</b> {{caption}}</figcaption>
    </figure>
    {{/.figure}}
    {{#.table}}
    <p class="caption" id="table-{{number}}"><b>Table {{number}}.</b> {{caption}}</p>
    <div class="table" tabindex="0" role="region" aria-labelledby="table-{{number}}">
    <table class="{{width}}" aria-labelledby="table-{{number}}">
    <thead><tr>{{#heads}}<th scope="col" class="{{style}}">{{text}}</th>{{/heads}}</tr></thead>
    <tbody>
    {{#rows}}
    <tr>{{#first}}<th scope="row" class="{{style}}">{{text}}</th>{{/first}}{{#cells}}<td class="{{style}}">{{text}}</td>{{/cells}}</tr>
    {{/rows}}
    </tbody>
    </table>
    </div>
    {{/.table}}

    """
}
